"""Labels that were scanned and are in no record yet: kept as a draft, so that none is lost by leaving their page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.rules.scanned_label import ScannedLabel
from desktop.services.draft import DraftOf, KeptDraft, drop_draft, find_draft, keep_draft


@dataclass(frozen=True)
class WaitingLabels:
    """`shown` is on the page; `earlier` were there before it, the last one last."""

    shown: ScannedLabel | None = None
    earlier: tuple[ScannedLabel, ...] = ()


def waiting_labels(session: Any, patient_id: int) -> WaitingLabels:
    return _read(find_draft(session, _of(patient_id)))


def keep_waiting(session: Any, patient_id: int, shown: ScannedLabel | None, earlier: Sequence[ScannedLabel]) -> None:
    """Nothing stays of the draft once every label went where it belongs."""
    if shown is None and not earlier:
        drop_draft(session, _of(patient_id))
        return
    plain = {"label": shown.plain if shown else None, "earlier": [each.plain for each in earlier]}
    keep_draft(session, _of(patient_id), plain, None)


def let_go(session: Any, patient_id: int, label: ScannedLabel) -> WaitingLabels:
    """This one went where it belongs; those that wait go on waiting."""
    stored = waiting_labels(session, patient_id)
    shown = stored.shown if stored.shown is not None and stored.shown.raw != label.raw else None
    earlier = tuple(each for each in stored.earlier if each.raw != label.raw)
    keep_waiting(session, patient_id, shown, earlier)
    return WaitingLabels(shown, earlier)


def _of(patient_id: int) -> DraftOf:
    return DraftOf("label", f"new:{patient_id}")


def _read(draft: KeptDraft | None) -> WaitingLabels:
    if draft is None:
        return WaitingLabels()
    earlier = map(ScannedLabel.from_plain, draft.typed.get("earlier") or ())
    return WaitingLabels(
        ScannedLabel.from_plain(draft.typed.get("label")), tuple(label for label in earlier if label is not None)
    )
