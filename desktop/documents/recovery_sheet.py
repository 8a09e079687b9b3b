"""How the recovery code of a practice is put on paper: large, in groups, with what it is for and where to keep it."""

from __future__ import annotations

import datetime as dt
import re

from desktop.documents.letterhead import plain_sheet
from desktop.documents.typesetting import render
from desktop.documents.wording import wording_of
from desktop.models.choices import PaperSize

_GROUP_LENGTH = 4


def render_recovery_sheet(
    practice_name: str, code: str, created_on: dt.date, paper_size: PaperSize, language: str = "en"
) -> bytes:
    """`code` is printed in the groups it is written in (parted by spaces or dashes), or in groups of four."""
    wording = wording_of(language)
    groups = re.split(r"[\s-]+", code.strip())
    if len(groups) == 1:
        groups = [code[start : start + _GROUP_LENGTH] for start in range(0, len(code), _GROUP_LENGTH)]
    page = plain_sheet(wording, paper_size, title=wording["code_title"], issued_on=created_on, is_demo=False)
    made = wording.weekday(created_on)
    return render("recovery_sheet", {**page, "practice": {"name": practice_name}, "groups": groups, "made": made})
