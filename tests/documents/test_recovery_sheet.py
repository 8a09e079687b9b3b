"""The recovery code on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from desktop.documents.recovery_sheet import render_recovery_sheet
from desktop.documents.typesetting import page_count
from desktop.models.choices import PaperSize

CODE = "7K2QX-0M3NP-4RSTV-5WXYZ-6ABCD-7EFGH-8JKMN-9PQRS"
MADE_ON = dt.date(2026, 11, 22)


@pytest.mark.parametrize("paper", PaperSize)
@pytest.mark.parametrize("name", ["Harbour Plastic Surgery", "W" * 300, "<b>#x *y*</b>"])
def test_that_the_sheet_is_one_page_with_the_whole_code_in_order(
    paper: PaperSize, name: str, read_pdf: Callable[[bytes], Any]
) -> None:
    pdf = render_recovery_sheet(name, CODE, MADE_ON, paper)
    assert page_count(pdf) == 1
    text = read_pdf(pdf).text
    places = [text.index(group) for group in CODE.split("-")]
    assert places == sorted(places)
    assert "Where to keep it" in text
    assert "type the code back once" in text
    assert "Sunday 22 November 2026" in text


def test_that_a_code_written_in_one_piece_is_printed_in_groups_of_four(read_pdf: Callable[[bytes], Any]) -> None:
    text = read_pdf(render_recovery_sheet("Harbour", "ABCDEFGHJK", MADE_ON, PaperSize.LETTER)).text
    assert "ABCD 1 EFGH 2 JK 3" in text


def test_that_the_same_sheet_gives_the_same_bytes() -> None:
    first, second = (render_recovery_sheet("Harbour", CODE, MADE_ON, PaperSize.A4) for _ in range(2))
    assert first == second
