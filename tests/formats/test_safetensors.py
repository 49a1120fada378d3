"""safetensors headers: the free texts in them, wherever they stand, within bounds."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.formats.gguf import over
from cleartitle.formats.safetensors import MAX_READ, MAX_VALUES, read_safetensors
from formats.writers import Counted, safetensors

KOHYA = {
    "ss_base_model_version": "sdxl_base_v1-0",
    "ss_sd_model_name": "sd_xl_base_1.0.safetensors",
    "modelspec.license": "CreativeML Open RAIL++-M",
    "ss_note": 'a "quoted" note, with } and \\',
}


@pytest.mark.parametrize("first", [True, False])
def test_the_texts_are_found_wherever_they_stand(first: bool) -> None:  # noqa: FBT001
    header = read_safetensors(over(safetensors(KOHYA, 20, first=first)))
    assert dict(header.metadata) == KOHYA
    assert header.stopped == ""
    assert header.get("ss_base_model_version") == "sdxl_base_v1-0"
    assert header.licenses == (("modelspec.license", "CreativeML Open RAIL++-M"),)
    assert header.get("nothing") == ""


def test_texts_that_stand_first_cost_one_read_of_the_beginning() -> None:
    counted = Counted(safetensors(KOHYA, 50_000))
    assert dict(read_safetensors(counted).metadata) == KOHYA
    assert (counted.calls, counted.read) == (1, 64 * 1024)


def test_texts_behind_too_many_tensors_are_not_found_and_that_is_said() -> None:
    counted = Counted(safetensors(KOHYA, 50_000, first=False))
    header = read_safetensors(counted)
    assert header.metadata == ()
    assert f"{MAX_READ:,} bytes" in header.stopped
    assert counted.read == MAX_READ


def test_a_header_that_ends_too_soon_gives_what_it_has() -> None:
    whole = safetensors(KOHYA)
    header = read_safetensors(over(whole[:100]))
    assert dict(header.metadata) == {"ss_base_model_version": "sdxl_base_v1-0"}
    assert header.stopped == "the file ends"


def test_a_file_without_texts_has_none() -> None:
    header = read_safetensors(over(safetensors(None, 3)))
    assert (header.metadata, header.stopped) == ((), "")


def test_long_statistics_are_passed_over() -> None:
    header = read_safetensors(over(safetensors({"ss_tag_frequency": "x" * 30_000, **KOHYA})))
    assert dict(header.metadata) == KOHYA


def raw(header: bytes, length: int | None = None) -> bytes:
    return struct.pack("<Q", len(header) if length is None else length) + header


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not a safetensors file"),
        (b"PK\x03\x04" + bytes(50), "not a safetensors file"),
        (raw(b"{}", 1 << 60), "claims a header of"),
        (raw(b"{" * 50_000), "the header is not JSON"),
        (raw(b'{"a":' + b"[" * 60_000), "the header is not JSON"),
        (raw(b'{"__metadata__":{"a":1}}'), "the header is not JSON"),
    ],
)
def test_nonsense_is_said(data: bytes, why: str) -> None:
    header = read_safetensors(over(data))
    assert why in header.stopped
    assert header.metadata == ()


def test_a_thousand_texts_are_enough() -> None:
    header = read_safetensors(over(safetensors({f"k{n}": "v" for n in range(2 * MAX_VALUES)})))
    assert len(header.metadata) == MAX_VALUES
    assert "only the first" in header.stopped


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=50), max_size=8), st.booleans())
def test_what_was_written_is_read(metadata: dict[str, str], first: bool) -> None:  # noqa: FBT001
    assert dict(read_safetensors(over(safetensors(metadata, 2, first=first))).metadata) == metadata


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_safetensors(over(data))
    read_safetensors(over(raw(b'{"__metadata__":{' + data)))


def test_texts_of_other_kinds_than_text_are_passed_over() -> None:
    data = json.dumps({"a": {"dtype": "F16"}, "__metadata__": {"good": "yes", "bad": 3}}).encode()
    assert read_safetensors(over(raw(data))).metadata == (("good", "yes"),)
