"""GGUF headers: what they say, in every version and byte order, and that lies in them cost nothing."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.formats.gguf import MAX_ITEMS, MAX_READ, over, read_gguf
from formats.writers import Counted, Gguf, GgufValue, gguf

FACTS: dict[str, GgufValue] = {
    "general.architecture": "llama",
    "general.name": "Poet 7B",
    "general.license": "apache-2.0",
    "general.license.link": "https://example.org/license",
    "general.base_model.count": 2,
    "general.base_model.1.organization": "Some Lab",
    "general.base_model.1.name": "Other 7B",
    "general.base_model.0.name": "Base 7B",
    "general.base_model.0.repo_url": "https://huggingface.co/owner/base",
    "general.source.huggingface.repository": "owner/poet",
    "general.quantized_by": "someone",
    "general.datasets": ["owner/texts", "owner/more"],
    "general.file_type": 15,
    "general.flag": True,
}


@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize("big", [False, True])
def test_every_version_and_byte_order_says_the_same(version: int, big: bool) -> None:  # noqa: FBT001
    header = read_gguf(over(Gguf(version, big=big).file(FACTS)))
    assert (header.version, header.big_endian, header.stopped) == (version, big, "")
    assert {e.key: e.value for e in header.entries} == {**FACTS, "general.datasets": ("owner/texts", "owner/more")}
    assert [parent.said for parent in header.parents] == ["https://huggingface.co/owner/base", "Some Lab/Other 7B"]
    assert header.source is not None
    assert header.source.said == "owner/poet"
    assert [e.key for e in header.licenses] == ["general.license", "general.license.link"]
    assert header.text("general.quantized_by") == "someone"
    assert header.text("general.file_type") == ""
    assert "general.base_model.0.name: Base 7B" in header.parents[0].quote


def test_datasets_are_named_as_a_list_or_one_by_one() -> None:
    assert read_gguf(over(gguf(FACTS))).datasets == ("owner/texts", "owner/more")
    one: dict[str, GgufValue] = {
        "general.dataset.count": 1,
        "general.dataset.0.repo_url": "https://huggingface.co/datasets/owner/new",
    }
    assert read_gguf(over(gguf({**FACTS, **one}))).datasets == ("https://huggingface.co/datasets/owner/new",)
    assert read_gguf(over(gguf({"general.datasets": 3}))).datasets == ()
    many = [f"owner/d{n}" for n in range(MAX_ITEMS + 1)]
    header = read_gguf(over(gguf({"general.datasets": many, "general.license": "mit"})))
    assert (header.datasets, header.text("general.license")) == ((), "mit")


def test_only_the_beginning_of_a_large_file_is_read() -> None:
    tokens = [f"token {n}" for n in range(150_000)]
    counted = Counted(gguf({**FACTS, "tokenizer.ggml.tokens": tokens}, bytes(20_000_000)))
    header = read_gguf(counted)
    assert header.text("general.license") == "apache-2.0"
    assert "tokenizer.ggml.tokens" in header.stopped
    assert (counted.calls, counted.read) == (1, 64 * 1024)


def test_what_follows_a_short_list_or_long_numbers_is_found_without_reading_them() -> None:
    middle: dict[str, GgufValue] = {
        "tokenizer.ggml.tokens": ["a", "b"],
        "tokenizer.ggml.scores": list(range(300_000)),
        "x": "y" * 300_000,
    }
    counted = Counted(gguf({"general.name": "a", **middle, "general.license": "mit"}))
    header = read_gguf(counted)
    assert (header.text("general.license"), header.stopped) == ("mit", "")
    assert counted.read < 200_000
    assert [e.key for e in header.entries] == ["general.name", "general.license"]


def test_a_repeated_key_holds_the_last() -> None:
    writer = Gguf()
    twice = writer.entry("general.license", "mit") + writer.entry("general.license", "other")
    assert read_gguf(over(writer.start(2) + twice)).text("general.license") == "other"


def nested(depth: int, writer: Gguf) -> bytes:
    levels = (writer.number("I", 9) + writer.size(1)) * depth
    return writer.text("general.deep") + writer.number("I", 9) + levels + writer.number("I", 4) + writer.size(0)


NAME = Gguf().text("general.name")
HOSTILE = [
    (Gguf().start(1 << 60), "it claims 1,152,921,504,606,846,976 keys"),
    (Gguf().start(3) + Gguf().entry("general.name", "a"), "the file ends, at 'key 2' (2 of 3)"),
    (Gguf().start(1) + struct.pack("<Q", 1 << 63), "the file ends, at 'key 1' (1 of 1)"),
    (Gguf().start(2) + NAME + struct.pack("<IQ", 8, 1 << 62), "the file ends, at 'general.name'"),
    (Gguf().start(2) + NAME + struct.pack("<IIQ", 9, 4, 1 << 62), "the file ends, at 'general.name'"),
    (Gguf().start(1) + NAME + struct.pack("<IIQ", 9, 8, 1 << 60), "longer than what is read"),
    (Gguf().start(1) + nested(6, Gguf()), "nested deeper than 4"),
    (Gguf().start(1) + NAME + struct.pack("<I", 99), "a value of the unknown type 99"),
    (b"GGUF" + struct.pack("<IQQ", 7, 0, 0), "GGUF of version 7 is not known"),
    (b"GGUF", "the file ends"),
    (b"GGML" + bytes(100), "not a GGUF file"),
    (b"", "the file ends"),
]


@pytest.mark.parametrize(("data", "why"), HOSTILE)
def test_lies_are_told_and_cost_nothing(data: bytes, why: str) -> None:
    counted = Counted(data)
    header = read_gguf(counted)
    assert why in header.stopped
    assert counted.calls <= 3


def test_what_was_read_before_the_file_ends_is_kept() -> None:
    whole = gguf(FACTS)
    header = read_gguf(over(whole[: len(whole) // 2]))
    assert header.text("general.name") == "Poet 7B"
    assert header.stopped.startswith("the file ends")


def test_endless_short_strings_stop_at_the_limit() -> None:
    writer = Gguf()
    many = b"".join(writer.entry(f"x{n}", "y" * 60) for n in range(40_000))
    counted = Counted(writer.start(60_000) + many)
    assert f"{MAX_READ:,} bytes" in read_gguf(counted).stopped
    assert counted.read <= MAX_READ


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_gguf(over(data))
    read_gguf(over(Gguf().start(3) + data))
    read_gguf(over(Gguf(1, big=True).start(3) + data))


@given(st.integers(0, len(gguf(FACTS))), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_never_fails(at: int, damage: bytes) -> None:
    whole = gguf(FACTS)
    counted = Counted(whole[:at] + damage + whole[at + len(damage) :])
    read_gguf(counted)
    assert counted.read <= MAX_READ
