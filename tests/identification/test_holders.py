"""Copyright holders and years; NOTICE files."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.identification.holders import MAX_HOLDERS, holders
from cleartitle.identification.notices import MAX_LINES, attributions, is_notice

LICENSE = Path(__file__).parents[2] / "LICENSE"
OWN_TEXT = """Copyright (C) 2004 Ann Roe

Everyone is permitted to copy and distribute verbatim or modified
copies of this license document, and changing it is allowed.
"""
GPL_HEAD = """GNU GENERAL PUBLIC LICENSE
Version 3, 29 June 2007

Copyright (C) 2007 Free Software Foundation, Inc. <https://fsf.org/>
"""


def named(text: str) -> list[tuple[str, str]]:
    return [(holder.name, holder.years) for holder in holders(text)]


@pytest.mark.parametrize(
    ("line", "name", "years"),
    [
        ("Copyright (c) 2019-2024 Jane Doe <j@x>", "Jane Doe", "2019-2024"),
        ("Copyright 2023 The X Authors. All rights reserved.", "The X Authors", "2023"),
        ("Copyright 2018- The Y team. All rights reserved.", "The Y team", "2018-"),
        ("Copyright © 2020–present, Evan (Ev) Roe", "Evan (Ev) Roe", "2020–present"),
        ("&copy; 2013, 2014, 2016-2018 by the Foo Project and contributors.", "the Foo Project and contributors", None),
        ("Copyright(C)2023Foo Corp", "Foo Corp", "2023"),
        ("COPYRIGHT (C) 2019 FOO CORP. ALL RIGHTS RESERVED.", "FOO CORP", "2019"),
        ("Copyright (c) 2024 Foo Inc. All rights reserved.", "Foo Inc.", "2024"),
        ("Copyright (c) 2021 Foo GmbH & Co. KG", "Foo GmbH & Co. KG", "2021"),
        ("Copyright (c) 2013 by J. R. R. Roe. See the file COPYING.", "J. R. R. Roe", "2013"),
        ("Copyright 2024 01.AI", "01.AI", "2024"),
        ("Copyright Jane Doe, 2019", "Jane Doe", "2019"),
        ("Copyright The Foo Team. All rights reserved.", "The Foo Team", ""),
        ("Copyright FooAI", "FooAI", ""),
        ("Copyright (C) [2023-2028] [Foo Group]. All rights reserved.", "Foo Group", "2023-2028"),
        ("Copyright [2024-] [Foo AI. Inc team, Ann Roe & Bob Roe]", "Foo AI. Inc team, Ann Roe & Bob Roe", "2024-"),
        ("# Copyright (c) 2010 Foo Ltd.", "Foo Ltd.", "2010"),
        (" * (C) Copyright 2003 Wolf Roe, DENX, wg@x.de.", "Wolf Roe, DENX", "2003"),
        ("/* (c) 2020 Bar Ltd.            */", "Bar Ltd.", "2020"),
        ("| Copyright 2020 Foo Bar     |", "Foo Bar", "2020"),
        ("**Copyright (c) 2020 [Jane Doe](https://jane.example)**", "Jane Doe", "2020"),
        ("<p>Copyright &copy; 2020 <b>Jane Doe</b></p>", "Jane Doe", "2020"),
        ("SPDX-FileCopyrightText: 2019 Jane Doe <jane@x.org>", "Jane Doe", "2019"),
        ("# SPDX-FileCopyrightText: Copyright (c) 2024 FOO & AFFILIATES.", "FOO & AFFILIATES", "2024"),
        ("Portions Copyright (c) 2012-13 ACME, LLC.", "ACME, LLC.", "2012-13"),
        ("MIT License Copyright (c) 2020 Jane Doe Permission is hereby granted, free", "Jane Doe", "2020"),
        ("Copyright (c) 2020 Jane Doe. Licensed under the Apache License", "Jane Doe", "2020"),
        ("Foo is licensed under the Foo License, Copyright © Foo Platforms, Inc. All Rights Reserved.", None, ""),
        ("Copyright (c) 2022, the respective contributors, as shown by the AUTHORS file.", None, "2022"),
        ("版权所有 (c) 2023 智谱", "智谱", "2023"),
        ("版权所有© [2023-2028] [某某集团]。保留所有权利。", "某某集团", "2023-2028"),
        ("© 2024 智谱 版权所有", "智谱", "2024"),
        ("北京某某科技有限公司 版权所有", "北京某某科技有限公司", ""),
        ("本软件版权归某某集团所有。", "某某集团", ""),
        ("版权所有者：王小明", "王小明", ""),
    ],
)
def test_a_line_names_its_holder(line: str, name: str | None, years: str | None) -> None:
    (found,) = holders(f"Some Title\n\n{line}\n\nAnd so on.\n")
    assert name is None or found.name == name
    assert years is None or found.years == years
    assert found.span.line == found.span.end_line == 3


@pytest.mark.parametrize(
    "line",
    [
        "Copyright [yyyy] [name of copyright owner]",
        "Copyright {yyyy} {name of copyright owner}",
        "Copyright (c) <year> <copyright holders>",
        "Copyright (C) <year>  <name of author>",
        "Copyright (C) year name of author",
        "Copyright (c) [2019] [name of copyright holder]",
        "Copyright (c) YEAR YOUR NAME",
        "Copyright (c) {{ cookiecutter.year }} {{ cookiecutter.author }}",
        "Copyright (c) <dates>, <Copyright Holder> (<URL|email>), with Reserved Font Name <Name>.",
        "Copyright 2024 $OWNER",
        'print(f"(c) {year} Foo")',
    ],
)
def test_blanks_to_be_filled_in_name_nobody(line: str) -> None:
    assert not holders(line)


@pytest.mark.parametrize(
    "line",
    [
        "THE COPYRIGHT HOLDERS AND CONTRIBUTORS BE LIABLE FOR ANY",
        "COPYRIGHT AND/OR OTHER APPLICABLE LAW",
        "copyright notice that is included in or attached to the work",
        "Copyright License",
        "Copyright Infringement Claims",
        '"Copyright" also means copyright-like laws that apply to other kinds of works',
        "(c) the following conditions are met",
        "(c) You must keep, in the year 2020, all notices",
        "hereby disclaims all copyright interest in the program",
        "“许可证颁发者”是指版权所有者或授权的实体",
        "The UK Copyright, Designs and Patents Act 1988",
    ],
)
def test_prose_about_copyright_names_nobody(line: str) -> None:
    assert not holders(line)


@pytest.mark.parametrize(
    "text",
    [
        GPL_HEAD,
        OWN_TEXT,
        "License text copyright (c) 2020 Foo Corporation Ab, All Rights Reserved.",
        "This License is Copyright © 2024 Ann Roe. Permission is granted to copy this License.",
        "Copyright 2013 Creative Commons Corporation",
        "Copyright © 某某联盟 京ICP备00000000号",
    ],
)
def test_the_copyright_of_the_license_text_is_not_the_work_s(text: str) -> None:
    assert not holders(text)


def test_the_foundation_holds_its_own_works() -> None:
    assert named("Copyright (C) 2020 Free Software Foundation, Inc.\nThis file is part of Foo.") == [
        ("Free Software Foundation, Inc.", "2020")
    ]
    assert named(f"{GPL_HEAD}\nCopyright (C) 2021 Jane Doe\n") == [("Jane Doe", "2021")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "/*\n * Copyright (c) 2010 Foo Inc., Bar Ltd.,\n *   Baz LLC and\n *   contributors\n * All rights",
            [("Foo Inc., Bar Ltd., Baz LLC and contributors", "2010")],
        ),
        (
            "Copyright (c) 2019-2024\n   The Roe Foundation\n   All rights reserved.",
            [("The Roe Foundation", "2019-2024")],
        ),
        ("Copyright (c) 2020\r\nJane Doe\r\n\r\nPermission is hereby granted", [("Jane Doe", "2020")]),
        ("Copyright (c) 2001 Foo Bar,\n51 Franklin Street, Boston", [("Foo Bar", "2001")]),
        ("Copyright (c) 2020\n\nPermission is hereby granted, free of charge", []),
        (
            "Copyright: 2010, Ann Roe <a@b.c>\n           2012-2013, Bob Roe\n",
            [("Ann Roe", "2010"), ("Bob Roe", "2012-2013")],
        ),
        ("Copyright 2019 A Corp, Copyright 2020 B Corp", [("A Corp", "2019"), ("B Corp", "2020")]),
        ("# Copyright 2020 Foo\n# Copyright 2020 Foo\n# Copyright 2021 Foo\n", [("Foo", "2020"), ("Foo", "2021")]),
    ],
)
def test_several_lines_and_several_holders(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_the_apache_license_has_a_holder_once_its_blanks_are_filled() -> None:
    text = LICENSE.read_text(encoding="utf-8")
    assert not holders(text)
    filled = text.replace("[yyyy] [name of copyright owner]", "2024 Jane Doe")
    (found,) = holders(filled)
    assert (found.name, found.years) == ("Jane Doe", "2024")
    assert filled[found.span.start : found.span.end] == "Copyright 2024 Jane Doe"


PIECES = [
    "Copyright ",
    "(c) ",
    "© ",
    "2020",
    "-",
    ", ",
    "Jane",
    " Doe",
    "\n",
    "\r\n",
    "#",
    "<a@b>",
    "[",
    "]",
    "版权所有",
    "。",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join))
def test_any_text_can_be_read_and_spans_lie_in_it(text: str) -> None:
    for found in holders(text):
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.name.strip() == found.name != ""
        assert found.name[0] in text


@pytest.mark.parametrize(
    "piece", ["©", "Copyright (c) 2020 ", "Copyright 2020 Foo", "(c) 2020 A\n", "版权所有\n", " ", "a@", "<", "&"]
)
def test_hostile_texts_take_little_time(piece: str) -> None:
    begun = time.perf_counter()
    found = holders("Copyright (c) " + piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - begun < 5
    assert len(found) <= MAX_HOLDERS


@pytest.mark.parametrize(
    ("path", "yes"),
    [
        ("NOTICE", True),
        ("a/b/Notice.txt", True),
        ("THIRD_PARTY_NOTICES.md", True),
        ("ThirdPartyNotices.txt", True),
        ("ACKNOWLEDGEMENTS", True),
        ("notice.py", False),
        ("LICENSE", False),
        ("noticeable.txt", False),
    ],
)
def test_notice_files_are_known_by_name(path: str, yes: bool) -> None:  # noqa: FBT001
    assert is_notice(path) is yes


def test_a_short_notice_is_kept_whole() -> None:
    text = "Foo Model\n=========\n\nCopyright 2024 Jane Doe\n\nThis product includes work\nof the Bar Project.\n"
    assert attributions(text) == (
        "Foo Model",
        "Copyright 2024 Jane Doe",
        "This product includes work",
        "of the Bar Project.",
    )


def test_of_a_long_notice_the_credits_are_kept() -> None:
    license_text = LICENSE.read_text(encoding="utf-8")
    text = f"Foo\nCopyright 2024 Jane Doe\n\n1. Bar\nCopyright (c) 2020 Bar Ltd.\n\n{license_text}"
    lines = attributions(text)
    assert lines[:4] == ("Foo", "Copyright 2024 Jane Doe", "1. Bar", "Copyright (c) 2020 Bar Ltd.")
    assert len(lines) < 10
    assert "[yyyy]" not in "".join(lines)


def test_a_notice_is_bounded() -> None:
    many = "".join(f"Copyright 2020 Person {n} {'x' * 2000}\n" for n in range(2000))
    lines = attributions(many)
    assert len(lines) == MAX_LINES
    assert max(map(len, lines)) <= 500
