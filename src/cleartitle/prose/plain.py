"""A sentence as it is read: markup taken away, every character still knowing where it came from."""

from __future__ import annotations

import re

from attrs import frozen

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLDS = str.maketrans(
    _WIDE
    | {ord(c): '"' for c in "“”„«»「」『』"}
    | {ord(c): "'" for c in "‘’‚′"}
    | {ord(c): "-" for c in "‐‑‒–—―−"}
    | {ord(c): " " for c in "\u00a0\u2002\u2003\u2009\u202f\u3000\u200b\ufeff\t\r\x0b\x0c"}
    | {0x3010: "(", 0x3011: ")"}
)
_MARK = re.compile(
    r"\[!\[[^\[\]\n]{0,200}\](?:\([^()\s]{0,800}\)|\[[^\[\]\n]{0,100}\])\](?:\([^()\s]{0,800}\)|\[[^\[\]\n]{0,100}\])"
    r"|!\[[^\[\]\n]{0,200}\]\([^()\s]{0,800}(?:\s+\"[^\"\n]{0,200}\")?\)"
    r"|\[(?P<text>[^\[\]\n]{1,300}(?:\n[^\[\]\n]{1,200})?)\](?:\((?P<url><[^<>\n]{0,800}>|[^()\s]{0,800}"
    r"(?:\([^()\s]{0,200}\)[^()\s]{0,400})?)(?:\s+[\"'][^\"'\n]{0,200}[\"'])?\)|\[(?P<ref>[^\[\]\n]{0,100})\])"
    r"|<a\s[^<>]{0,400}?href\s*=\s*[\"']?(?P<href>[^\"'<>\s]{0,800})[\"']?[^<>]{0,200}>(?P<inner>[^<>]{0,300})</a>"
    r"|<(?P<auto>https?://[^<>\s]{1,500})>"
    r"|</?[a-zA-Z][a-zA-Z0-9]{0,12}(?:\s[^<>]{0,400})?/?>|<!--.{0,400}?-->"
    r"|&(?:nbsp|#160);|\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|~~|`{1,3}|\\(?=[_*#-])|(?P<space>\s+)",
    re.DOTALL,
)
MAX_LINKS = 60


@frozen(kw_only=True)
class Link:
    """A stretch of plain text that leads somewhere."""

    start: int
    end: int
    address: str


@frozen(kw_only=True)
class Plain:
    """The words of a stretch of Markdown."""

    text: str
    low: str
    """The same in lower case."""
    at: tuple[int, ...]
    """For each character, its offset in the original."""
    links: tuple[Link, ...] = ()
    begin: int = 0
    close: int = 0
    """Where the stretch begins and ends in the original, markup and all."""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands in the original."""
        if not self.at:
            return 0, 0
        first = self.at[min(start, len(self.at) - 1)]
        return first, self.at[min(max(end - 1, start), len(self.at) - 1)] + 1


def plain(original: str, start: int, end: int, references: dict[str, str] | None = None) -> Plain:
    """Return the words of ``original[start:end]``.

    >>> said = plain("Under the [**MIT** license](LICENSE).", 0, 38)
    >>> said.text, [(said.text[k.start:k.end], k.address) for k in said.links]
    ('Under the MIT license.', [('MIT license', 'LICENSE')])
    """
    made = _Maker(original, references or {})
    made.run(start, end)
    text = "".join(made.out)
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return Plain(text=text, low=low, at=tuple(made.at), links=tuple(made.links[:MAX_LINKS]), begin=start, close=end)


class _Maker:
    """Builds the plain text piece by piece."""

    def __init__(self, original: str, references: dict[str, str]) -> None:
        self.original = original
        self.references = references
        self.out: list[str] = []
        self.at: list[int] = []
        self.links: list[Link] = []

    def run(self, start: int, end: int, *, inside: bool = False) -> None:
        place = start
        for found in _MARK.finditer(self.original, start, end):
            if found.start() < place:
                continue
            self._copy(place, found.start())
            place = found.end()
            if found["space"]:
                self._space(found.start(), self.original[found.end() : found.end() + 1])
            elif found[0][:4].lower() == "</td":
                self._space(found.start(), "")
            elif not inside:
                self._link(found)
        self._copy(place, end)
        if not inside:
            while self.out and self.out[-1] == " ":
                self.out.pop()
                self.at.pop()

    def _link(self, found: re.Match[str]) -> None:
        for words, address in (("text", "url"), ("text", "ref"), ("inner", "href")):
            if found[words] is not None and found[address] is not None:
                self._close_up(self.original[found.start(words)])
                begin = len(self.out)
                self.run(found.start(words), found.end(words), inside=True)
                target = found[address].strip("<>")
                if address == "ref":
                    target = self.references.get((target or found[words]).casefold(), "")
                self.links.append(Link(start=begin, end=len(self.out), address=target))
                return
        if found["auto"]:
            begin = len(self.out)
            self._copy(found.start("auto"), found.end("auto"))
            self.links.append(Link(start=begin, end=len(self.out), address=found["auto"]))

    def _copy(self, start: int, end: int) -> None:
        if start < end:
            piece = self.original[start:end].translate(_FOLDS)
            self._close_up(piece[0])
            self.out.extend(piece)
            self.at.extend(range(start, end))

    def _close_up(self, after: str) -> None:
        """Drop the space before a Chinese character or kana."""
        if self.out and self.out[-1] == " " and _is_ideograph(after):
            self.out.pop()
            self.at.pop()

    def _space(self, place: int, after: str) -> None:
        if (
            self.out
            and self.out[-1] != " "
            and not _is_ideograph(self.out[-1])
            and not (after and _is_ideograph(after))
        ):
            self.out.append(" ")
            self.at.append(place)


def _is_ideograph(c: str) -> bool:
    return "\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or c in "、。《》"
