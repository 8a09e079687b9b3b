"""The sheet that hangs in the operating room: both sides of a plan on one page, and what is read aloud."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final

from desktop.documents.letterhead import PatientLines, PracticeLines, lacking_identity, refuse_if_lacking, sheet
from desktop.documents.record import Pair
from desktop.documents.typesetting import page_count, render
from desktop.documents.wording import wording_of

_SIZES_PT: Final = ("11", "10", "9", "8", "7.2", "6.5")
"""Tried from the largest on, until everything is on one page."""
_LONG: Final = 160
"""So many signs of a remark are kept when even the smallest letters do not make it one page."""


@dataclass(frozen=True)
class ReadAloud:
    """One device to be read aloud before it is opened; what is not known yet is left to be written by hand."""

    maker: str = ""
    style: str = ""
    volume: str = ""
    lot: str = ""
    serial: str = ""
    expiry: str = ""


@dataclass(frozen=True)
class SheetSide:
    """`contingencies` are pairs of what may happen and what is done then."""

    reasons: tuple[str, ...] = ()
    in_place: str = ""
    steps: tuple[str, ...] = ()
    facts: tuple[Pair, ...] = ()
    changes: tuple[str, ...] = ()
    at_hand: tuple[str, ...] = ()
    contingencies: tuple[tuple[str, str], ...] = ()
    read_aloud: tuple[ReadAloud, ...] = ()
    remarks: str = ""


@dataclass(frozen=True)
class OperatingSheet:
    """`signed_line` None prints as a draft. `signed_over` are open points and why the plan was signed all the same."""

    practice: PracticeLines
    patient: PatientLines
    surgery_on: dt.date | None
    day: tuple[Pair, ...]
    alerts: tuple[str, ...]
    prophylaxis: tuple[str, ...]
    right: SheetSide
    left: SheetSide
    signed_over: tuple[tuple[str, str], ...]
    otherwise: str
    printed_at: dt.datetime
    signed_line: str | None = None
    version: str = ""
    language: str = "en"
    is_demo: bool = False


def render_operating_sheet(page: OperatingSheet) -> bytes:
    """One page, always: the letters become smaller, then long remarks end in … and say that the plan has them whole."""
    refuse_if_lacking(lacking_identity(page.patient))
    pdf = b""
    for shown in (page, _shortened(page)):
        for size in _SIZES_PT:
            pdf = render("operating_sheet", _data(shown, size))
            if page_count(pdf) == 1:
                return pdf
    return pdf


def _data(page: OperatingSheet, size: str) -> dict[str, Any]:
    wording = wording_of(page.language)
    printed_on = page.printed_at.date()
    title = wording["operating_sheet"]
    return {
        **sheet(wording, page.practice, page.patient, title=title, issued_on=printed_on, is_demo=page.is_demo),
        "size": size,
        "surgery_on": wording.weekday(page.surgery_on) if page.surgery_on else "",
        "printed_at": f"{wording.day(printed_on)}, {page.printed_at:%H:%M}",
        "version": page.version,
        "signed_line": page.signed_line,
        "day": [(label, answer or "") for label, answer in page.day],
        "alerts": list(page.alerts),
        "prophylaxis": list(page.prophylaxis),
        "sides": [_side("right", page.right), _side("left", page.left)],
        "signed_over": list(page.signed_over),
        "otherwise": page.otherwise,
    }


def _side(name: str, side: SheetSide) -> dict[str, Any]:
    return {
        "side": name,
        "reasons": list(side.reasons),
        "in_place": side.in_place,
        "steps": list(side.steps),
        "facts": [(label, answer or "") for label, answer in side.facts if answer],
        "changes": list(side.changes),
        "at_hand": list(side.at_hand),
        "contingencies": list(side.contingencies),
        "read_aloud": [
            [each.maker, each.style, each.volume, each.lot, each.serial, each.expiry] for each in side.read_aloud
        ],
        "remarks": side.remarks,
    }


def _shortened(page: OperatingSheet) -> OperatingSheet:
    def short(side: SheetSide) -> SheetSide:
        return replace(
            side,
            remarks=_cut(side.remarks),
            reasons=tuple(map(_cut, side.reasons)),
            at_hand=tuple(map(_cut, side.at_hand)),
            contingencies=tuple((_cut(when), _cut(then)) for when, then in side.contingencies),
        )

    return replace(
        page,
        right=short(page.right),
        left=short(page.left),
        otherwise=_cut(page.otherwise),
        signed_over=tuple((text, _cut(reason)) for text, reason in page.signed_over),
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG].rstrip()} … (whole in the plan)"
