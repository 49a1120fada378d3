"""From the bytes of a file to its text, whatever the bytes are."""

from __future__ import annotations

import codecs

MAX_BYTES = 4_000_000
"""Bytes that are read; no license needs more."""
_FORMATS = {
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"%PDF-": "a PDF document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GGUF": "a GGUF file",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an Office document",
}
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)


def decode(data: bytes) -> tuple[str, str | None]:
    r"""Return the text that *data* holds (empty if it holds none) and what kept it from being read as it should.

    >>> decode("MIT".encode("utf-16"))
    ('MIT', None)
    >>> decode(b"PK\x03\x04...")
    ('', 'this is a zip archive, not a text')
    """
    cut = f"only the first {MAX_BYTES:,} bytes were read" if len(data) > MAX_BYTES else None
    data = data[:MAX_BYTES]
    for start, name in _FORMATS.items():
        if data.startswith(start):
            return "", f"this is {name}, not a text"
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), cut
    head = data[:4096]
    if b"\0" in head:
        guess = _wide(head)
        if guess:
            return data.decode(guess, "replace"), cut
        return "", "this is a binary file, not a text"
    try:
        return data.decode("utf-8"), cut
    except UnicodeDecodeError as error:
        if cut and error.start >= len(data) - 4:
            return data.decode("utf-8", "ignore"), cut
        return _legacy(data), cut or f"the text is not UTF-8 (from byte {error.start:,}); it was read as Windows-1252"


def _wide(head: bytes) -> str | None:
    """Return the encoding of a text of two-byte characters without a mark."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    most = 0.4 * len(head) / 2
    if odd > most and not even:
        return "utf-16-le"
    return "utf-16-be" if even > most and not odd else None


def _legacy(data: bytes) -> str:
    strange = sum(data[:4096].count(bytes([n])) for n in range(32) if n not in (9, 10, 12, 13))
    return "" if strange > 40 else data.decode("cp1252", "replace")
