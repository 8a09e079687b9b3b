"""A label's text keeps every byte on its way through a draft, whatever the scanner or the picture gave."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.choices import LabelEntry, UdiIssuer
from desktop.rules.scanned_label import ScannedLabel


@given(st.binary(max_size=200), st.none() | st.sampled_from(UdiIssuer), st.none() | st.sampled_from(LabelEntry))
def test_that_any_bytes_come_back_as_they_were(
    written: bytes, issuer: UdiIssuer | None, entry: LabelEntry | None
) -> None:
    label = ScannedLabel(written.decode("utf-8", "surrogateescape"), issuer, entry)
    assert ScannedLabel.from_plain(label.plain) == label
    assert bytes.fromhex(label.plain["bytes"]) == written


@pytest.mark.parametrize(
    "plain", ["", None, [], {}, {"bytes": "zz", "issuer": "", "entry": ""}, {"bytes": "41", "issuer": "x", "entry": ""}]
)
def test_that_what_is_no_label_is_none(plain: Any) -> None:
    assert ScannedLabel.from_plain(plain) is None
