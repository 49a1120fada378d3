"""Ways in which a copy of a license differs from it: in form only, in part, or in what it says.

Every function takes a text and a seeded `random.Random`; those that change what a text says also return where.
"""

from __future__ import annotations

import html
import random
import re
import textwrap
from collections.abc import Callable

Benign = Callable[[str, random.Random], str]
_NAMES = (
    "Acme Research Ltd.",
    "Jane Q. Public",
    "北京示例科技有限公司",
    "The Foo Project Contributors",
    "Müller & Søn GmbH",
)
_COPYRIGHT = re.compile(
    r"\A((?:[^\n]*\n){0,5}\W*)copyright[ \t]*(?:(?:\(c\)|©)[ \t]*)?(?:[0-9]{4}|<year>|\[yyyy\])[^\n]{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line of its own near the top."""
_CLAUSES = (
    "Hosting. You may not offer the work to third parties as a managed service without our prior written consent.",
    "Use is limited to organizations with fewer than 25 employees and less than $500,000 of annual revenue.",
    "The licensee shall send a copy of every modification to the licensor within thirty days of its completion.",
    "These rights do not extend to persons or entities established in the European Union.",
    "You must not use the work, or anything derived from it, to develop a product that competes with ours.",
    "Commercial use requires a separate license; contact the authors for terms.",
    "The work may not be used by or for any military or intelligence agency.",
)
_HEADS = ("# License\n\n", "\ufeff", "\n\n\n", "LICENSE\n=======\n\n", "-----BEGIN-----\n\n")


def wrapped(text: str, chance: random.Random) -> str:
    """Wrap the lines at another width, and indent them."""
    width, indent = chance.choice((60, 72, 100, 10_000)), chance.choice(("", "  ", "\t"))
    parts = re.split(r"\n[ \t]*\n", text)
    lines = [
        textwrap.fill(" ".join(part.split()), width, break_long_words=False, break_on_hyphens=False) for part in parts
    ]
    return textwrap.indent("\n\n".join(lines), indent) + "\n"


def held(text: str, chance: random.Random) -> str:
    """Put another holder and year into copyright lines; without one, set one on top."""
    line = f"Copyright (c) {chance.randrange(1998, 2027)} {chance.choice(_NAMES)}"
    new, count = _COPYRIGHT.subn(lambda m: m[1] + line, text, count=1)
    return new if count else f"{line}\n\n{text}"


def commented(text: str, chance: random.Random) -> str:
    """Put a comment sign before every line."""
    sign = chance.choice(("# ", "// ", " * ", "-- ", ";; ", "> "))
    return "\n".join(sign + line for line in text.split("\n")) + "\n"


def marked(text: str, chance: random.Random) -> str:
    """Write it in Markdown: a heading, bold first words, escaped signs."""
    parts = re.split(r"\n[ \t]*\n", text.strip("\n"))
    for n in range(1, len(parts), chance.choice((2, 3))):
        first, _, rest = parts[n].lstrip().partition(" ")
        parts[n] = f"**{first}** {rest}" if first.isalpha() else parts[n]
    return f"# {parts[0].strip()}\n\n" + "\n\n".join(parts[1:]).replace("_", r"\_") + "\n"


def tagged(text: str, _chance: random.Random) -> str:
    """Write it in HTML, unless it is that already in part."""
    if re.search(r"</?[a-z]\w*[ />]", text):
        return text
    parts = re.split(r"\n[ \t]*\n", text)
    body = "\n".join(f"<p class='x'>{html.escape(html.unescape(part))}</p>" for part in parts if part.strip())
    return f"<!DOCTYPE html><html><body>\n{body}\n</body></html>\n"


def quoted(text: str, _chance: random.Random) -> str:
    """Use typographic quotes, dashes and spaces, and other line ends."""
    text = re.sub(r'"([^"\n]{1,200})"', "“\\1”", text).replace("'", "’").replace(" -- ", " — ")
    return text.replace("  ", "\u00a0 ").replace("\n", "\r\n")


def headed(text: str, chance: random.Random) -> str:
    """Set something empty or a plain heading on top."""
    return chance.choice(_HEADS) + text


BENIGN: dict[str, Benign] = {
    "wrapped": wrapped,
    "held": held,
    "commented": commented,
    "marked": marked,
    "tagged": tagged,
    "quoted": quoted,
    "headed": headed,
}
"""Changes of form: the copy is still the license, exactly."""


def misspelled(text: str, chance: random.Random) -> str:
    """Put a slip into one of a hundred words."""
    parts = re.split(r"(\s+)", text)
    places = [n for n, part in enumerate(parts) if len(part) >= 5 and part.isalpha()]
    for n in chance.sample(places, min(len(places), max(1, len(parts) // 200))):
        at = chance.randrange(1, len(parts[n]) - 2)
        word = parts[n]
        parts[n] = chance.choice((word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]))
    return "".join(parts)


def beheaded(text: str, _chance: random.Random) -> str:
    """Leave out the first paragraph."""
    parts = [part for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    return "\n\n".join(parts[1:] if len(parts) > 3 else parts) + "\n"


def broken_off(text: str, chance: random.Random) -> str:
    """Break off somewhere in the last quarter."""
    return text[: int(len(text) * chance.uniform(0.75, 0.95))]


def shortened(text: str, chance: random.Random) -> str:
    """Leave out one paragraph inside."""
    parts = [part for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    if len(parts) > 3:
        del parts[chance.randrange(1, len(parts) - 1)]
    return "\n\n".join(parts) + "\n"


PARTIAL: dict[str, Benign] = {
    "misspelled": misspelled,
    "beheaded": beheaded,
    "broken off": broken_off,
    "shortened": shortened,
}
"""Changes after which it is another text, and its license can still be told."""


def with_clause(text: str, chance: random.Random) -> tuple[str, str]:
    """Insert a clause as a paragraph of its own; return it too."""
    parts = re.split(r"\n[ \t]*\n", text)
    clause = chance.choice(_CLAUSES)
    parts.insert(chance.randrange(1, len(parts)) if len(parts) > 1 else 1, clause)
    return "\n\n".join(parts), clause


_NUMBER = re.compile(r"(?<![\w.\-/(:])\d[\d,]*(?:\.\d+)?(?=\s+[a-z])")


def with_number(text: str, chance: random.Random) -> tuple[str, int, int] | None:
    """Change a number inside a sentence; return where it begins and ends, or None where there is none."""
    lines = [m.span() for m in re.finditer(r"(?im)^.*(?:copyright|©|\(c\)).*$", text)]
    found = [m for m in _NUMBER.finditer(text) if not any(a <= m.start() < b for a, b in lines)]
    found = [m for m in found if text[max(0, m.start() - 80) : m.start()].rpartition("\n")[2].strip()]
    if not found:
        return None
    one = chance.choice(found)
    digits = [n for n, c in enumerate(one[0]) if c.isdigit()]
    at = chance.choice(digits)
    new = chance.choice([c for c in "123456789" if c != one[0][at]])
    return text[: one.start() + at] + new + text[one.start() + at + 1 :], *one.span()
