"""Rows that two people changed at once: joined where they changed different ones."""

from __future__ import annotations

from typing import Any

from desktop.rules.rows import merge_rows


def row(number: int | None, text: str) -> dict[str, Any]:
    return {"id": number, "text": text}


OPENED = (row(1, "one"), row(2, "two"))


def test_that_what_each_changed_added_and_took_away_is_kept() -> None:
    mine = (row(1, "one, mine"), row(2, "two"), row(None, "new of mine"))
    theirs = (row(2, "two, theirs"), row(1, "one"), row(3, "new of theirs"))
    joined = merge_rows(OPENED, mine, theirs)
    assert joined == (row(2, "two, theirs"), row(1, "one, mine"), row(3, "new of theirs"), row(None, "new of mine"))
    assert merge_rows(OPENED, (row(2, "two"),), OPENED) == (row(2, "two"),)
    assert merge_rows(OPENED, OPENED, (row(1, "one"),)) == (row(1, "one"),)


def test_that_one_row_both_changed_is_not_joined() -> None:
    assert merge_rows(OPENED, (row(1, "mine"), row(2, "two")), (row(1, "theirs"), row(2, "two"))) is None
    assert merge_rows(OPENED, (row(1, "mine"), row(2, "two")), (row(2, "two"),)) is None
    assert merge_rows(OPENED, (row(2, "two"),), (row(1, "theirs"), row(2, "two"))) is None


def test_that_what_both_did_alike_stands_once() -> None:
    alike = (row(1, "one"), row(2, "both"))
    assert merge_rows(OPENED, (*alike, row(None, "new")), (*alike, row(3, "new"))) == (*alike, row(3, "new"))
