"""A consent is told in few words: one sign stands beside every item but those that are named."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.demo.consent_story import tell_consent
from desktop.models.choices import ConsentKind

TODAY = dt.date(2026, 11, 23)
TOLD = {"on": "-3 d", "kind": "procedure", "item_count": 3, "right": {"procedure": "Exchange"}}


def test_that_items_are_initialled_but_those_that_are_named() -> None:
    story = tell_consent(TOLD | {"initialled": "R.O.", "not_initialled": [2]}, TODAY)
    rows = [(row["item"], row["initials"]) for row in story.answers["items"]]
    assert rows == [("1", "R.O."), ("2", None), ("3", "R.O.")]
    assert story.answers["kind"] is ConsentKind.PROCEDURE
    assert story.answers["right.procedure"] == "Exchange"
    assert (story.filed_at, story.withdrawn_at) == (None, None)


def test_that_filing_and_taking_back_have_days_of_their_own() -> None:
    story = tell_consent(TOLD | {"filed": "-2 d 12:10", "withdrawn": "-1 d", "because": "wants to wait"}, TODAY)
    assert story.filed_at is not None
    assert story.withdrawn_at is not None
    assert (story.filed_at.day, story.filed_at.minute, story.withdrawn_at.day) == (21, 10, 22)
    assert story.because == "wants to wait"


def test_that_a_question_the_form_does_not_ask_is_refused() -> None:
    with pytest.raises(ValueError, match="colour is no question"):
        tell_consent(TOLD | {"colour": "blue"}, TODAY)
