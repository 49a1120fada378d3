"""From bytes to a text that can be relied on: bounded, LF line ends, no control characters."""

from __future__ import annotations

import codecs
import re

from cleartitle.card.repairs import RepairKind, Repairs
from cleartitle.vocabulary.evidence import Span

MAX_BYTES = 2 * 1024 * 1024
_JUNK = "\x00\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffc\ufffd\ufffe\uffff"
_BREAKS = re.compile(r"(?<!\r)\r+\n")  # the look-behind keeps a long run of CR linear
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_REPLACED = dict.fromkeys((*range(9), *range(14, 32), *range(127, 160), 0xFEFF, 0xFFFE, 0xFFFF), "\ufffd")
_REPLACED |= dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), " ")


def decode(data: bytes, repairs: Repairs) -> str:
    r"""Return the text of *data*, at most `MAX_BYTES` of it.

    >>> decode(b"one\r\ntwo\x00", Repairs())
    'one\ntwo\ufffd'
    """
    text = _characters(data, repairs)
    if "\r" in text:
        count, first = text.count("\r"), text.index("\r")
        text = _BREAKS.sub("\n", text).replace("\r", "\n")
        repairs.add(RepairKind.LINE_ENDS, Span.of(text, first, first), f"line ends with {count} CR were read as LF")
    if text and text[0] in _JUNK:
        whole, text = text, text.lstrip(_JUNK)
        codes = ", ".join(f"U+{ord(c):04X}" for c in sorted(set(whole[: len(whole) - len(text)])))
        repairs.add(RepairKind.LEADING_JUNK, Span.of(text, 0, 0), f"{codes} at the start was dropped")
    if found := _CONTROL.search(text):
        text, at = text.translate(_REPLACED), Span.of(text, found.start(), found.end())
        repairs.add(
            RepairKind.CONTROL_CHARACTERS, at, f"control characters such as U+{ord(found[0]):04X} were replaced"
        )
    return text


def _characters(data: bytes, repairs: Repairs) -> str:
    kept, whole, top = data[:MAX_BYTES], len(data) <= MAX_BYTES, Span.of("", 0, 0)
    if not whole:
        repairs.add(RepairKind.CUT, top, f"only the first {MAX_BYTES} of {len(data)} bytes were read")
    wide = kept.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")
    if wide:
        repairs.add(RepairKind.NOT_UTF8, top, "the text is UTF-16")
    try:
        return decoder().decode(kept, final=whole)
    except UnicodeDecodeError as error:
        line = kept.count(b"\n", 0, error.start) + 1
        repairs.add(
            RepairKind.NOT_UTF8, top, f"not valid {error.encoding} from line {line} on: such bytes became U+FFFD"
        )
        return decoder("replace").decode(kept, final=whole)
