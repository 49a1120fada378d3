"""Text from cards and licenses is hostile: one way to make it harmless for each medium."""

from __future__ import annotations

import json
import re

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, what reverses the direction of writing, what has no width, and halves of characters."""
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COMMAND = re.compile(r":(?=:)|##(?=\w{0,20}\[)")
_HASHES = re.compile(r"##(?=\w{0,20}\[)")
_LED = re.compile(r"^([ \t]*)::", re.MULTILINE)
_PUNCTUATION = re.compile(r"([\\`*_\[\]<>~$&])")
_LEADING = re.compile(r"^(\d{0,9})([-+=#.)])")
_REACHES_OUT = re.compile(r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=GH-)(?=\d)", re.IGNORECASE)
"""Where a forge would notify a person, or link an issue or an address, in plain text."""
_APART = "\u200b"


def terminal(text: str) -> str:
    r"""Return *text* without what a terminal, or the log of a build, would act on, and on one line.

    >>> terminal("a\x1b[31mred\x1b[0m\nb ::error::c ##vso[d")
    'a[31mred[0m b : :error: :c ## vso[d'
    """
    return quiet(" ".join(_UNSEEN.sub("", text.replace("\r", " ")).split()))


def quiet(text: str) -> str:
    """Return *text* with no command of GitHub, Azure or TeamCity in it: they are read from whatever a step prints."""
    return _COMMAND.sub(r"\g<0> ", text)


def document(value: object) -> str:
    r"""Return plain lists and mappings as a JSON document, with no command in it for the log of a build.

    >>> document(["##vso[b]"])
    '[\n  "#\\u0023vso[b]"\n]\n'
    """
    return _HASHES.sub(r"#\\u0023", json.dumps(value, indent=2, ensure_ascii=False)) + "\n"


def shorten(text: str, limit: int = 220) -> str:
    """Return *text* on one line, at most *limit* characters of it."""
    line = terminal(text)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def passage(text: str) -> str:
    r"""Return *text* with its lines, without what nobody can see and what turns the direction of writing.

    >>> passage("pay\u202e\r\nnothing\x00")
    'pay\nnothing'
    """
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))


def lines(text: str) -> str:
    r"""Return *text* with its lines, as verbatim as what may be printed to the log of a build can be.

    >>> lines("std::vector\n  ::error::pwned")
    'std::vector\n  : :error::pwned'
    """
    return _HASHES.sub("## ", _LED.sub(r"\1: :", passage(text)))


def markdown(text: str) -> str:
    r"""Return *text* on one line, as words that Markdown renders as they stand: no markup, mention or link.

    >>> markdown("<b>[x](/evil)</b> `a|b`")
    '\\<b\\>\\[x\\](/evil)\\</b\\> \\`a&#124;b\\`'
    """
    plain = _LEADING.sub(r"\1\\\2", _PUNCTUATION.sub(r"\\\1", terminal(text)))
    return _REACHES_OUT.sub(_APART, plain).replace("|", "&#124;")


def code(text: str) -> str:
    """Return *text* as a code span of Markdown, on one line; not for tables, where a pipe would end the cell.

    >>> code("a`b")
    '``a`b``'
    """
    line = terminal(text)
    ticks = "`" * (_longest(line) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def fence(text: str) -> str:
    """Return *text* as a fenced block of Markdown that nothing inside can end."""
    inner = quiet(passage(text)).strip("\n")
    ticks = "`" * max(3, _longest(inner) + 1)
    return f"{ticks}text\n{inner}\n{ticks}"


def _longest(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def command(text: str) -> str:
    r"""Return *text* as the message of a GitHub workflow command: it ends no line and begins no command.

    >>> command("50 %\n::error::pwned")
    '50 %25%0A::error::pwned'
    """
    return passage(text).replace("%", "%25").replace("\n", "%0A")


def parameter(text: str) -> str:
    """Return *text* as a property of a GitHub workflow command.

    >>> parameter("a,file=b::c")
    'a%2Cfile=b%3A%3Ac'
    """
    return command(" ".join(text.split())).replace(":", "%3A").replace(",", "%2C")


def xml(text: str) -> str:
    r"""Return *text* without the characters that XML cannot hold; markup is for the writer to escape.

    >>> xml("a\x00\ud800b")
    'ab'
    """
    return _BIDI.sub("", _NOT_XML.sub("", text))


def sarif(text: str) -> str:
    r"""Return *text* as a SARIF message: no embedded link, no placeholder.

    >>> sarif("see [here](http://evil) {0}")
    'see \\[here\\](http://evil) {{0}}'
    """
    plain = passage(text).replace("\\", "\\\\")
    return plain.replace("[", "\\[").replace("]", "\\]").replace("{", "{{").replace("}", "}}")
