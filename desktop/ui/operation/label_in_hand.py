"""The label somebody has in hand: read, kept as a draft until it is in the record, put there, or let go."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.models.choices import LabelEntry
from desktop.rules.scanned_label import ScannedLabel
from desktop.services.label import LabelPlace, LabelReading, TypedOperation, keep_label, read_scan
from desktop.ui.kit.background import Background
from desktop.ui.operation.label_draft import WaitingLabels, keep_waiting, let_go, waiting_labels


class LabelInHand(QObject):
    """One label of one patient; `earlier` were scanned before it and are in no record either. Whatever the store
    answers after another patient's file was opened is not heard of."""

    taken = Signal()
    """Another label is in hand: `reading` says what is on it."""
    looked_at_again = Signal(str, str)
    """The same label, held beside the record as it is now; with what happened and why, where something did."""
    put_away = Signal()
    """It is in hand no longer."""
    nothing_waits = Signal()
    """There was no label to come back to."""
    kept = Signal(object)
    """The `LabelPlace` with which it was kept."""
    not_kept = Signal(object)
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._typed: TypedOperation | None = None
        self.patient_id: int | None = None
        self.reading: LabelReading | None = None
        self.earlier: tuple[ScannedLabel, ...] = ()

    def begin(self, patient_id: int, typed: TypedOperation | None) -> None:
        """Whose labels these are, and what stands in the form of their operation."""
        self.patient_id, self._typed = patient_id, typed

    def leave_patient(self) -> None:
        self.patient_id = self._typed = self.reading = None
        self.earlier = ()

    def take(self, raw: str, entry: LabelEntry) -> None:
        """Read a label and keep its text as a draft; one that was not put into the record waits behind it."""
        patient_id, typed, before = self.patient_id, self._typed, self.reading
        if patient_id is None:
            return

        def read_and_keep(session: Any) -> tuple[LabelReading, tuple[ScannedLabel, ...]]:
            stored = waiting_labels(session, patient_id)
            reading = read_scan(session, patient_id, raw, entry, typed, before.label.raw if before else "")
            waiting = [*stored.earlier, *filter(None, (stored.shown,))]
            earlier = tuple(each for each in waiting if not reading.label.raw.startswith(each.raw))
            keep_waiting(session, patient_id, reading.label, earlier)
            return reading, earlier

        def show(found: tuple[LabelReading, tuple[ScannedLabel, ...]]) -> None:
            if patient_id == self.patient_id:
                self.reading, self.earlier = found
                self.taken.emit()

        self._background.run(self, read_and_keep, done=show, failed=self.failed.emit)

    def take_again(self, label: ScannedLabel) -> None:
        """One that waited."""
        self.take(label.raw, label.entry or LabelEntry.SCANNED)

    def come_back(self) -> None:
        """To what was scanned last and never put into the record."""
        if self.patient_id is not None:
            self._background.read(self, waiting_labels, self.patient_id, done=partial(self._restore, self.patient_id))

    def look_again(self, what: str = "", why: str = "") -> None:
        """What was asked beside the record is asked anew."""
        reading, patient_id, typed = self.reading, self.patient_id, self._typed
        if reading is None or patient_id is None:
            return

        def show(found: LabelReading) -> None:
            if patient_id == self.patient_id and self.reading is reading:
                self.reading = found
                self.looked_at_again.emit(what, why)

        entry = reading.label.entry or LabelEntry.SCANNED
        self._background.read(self, read_scan, patient_id, reading.label.raw, entry, typed, done=show)

    def keep(self, place: LabelPlace, chosen: tuple[str, ...], sure: Mapping[str, str]) -> None:
        """With the device, in the record; `chosen` are the answers in which the label is right."""
        if self.reading is None or self.patient_id is None:
            return
        patient_id, label = self.patient_id, self.reading.label

        def keep(session: Any) -> WaitingLabels:
            keep_label(session, patient_id, place.target, label, place.opened, chosen, sure)
            return let_go(session, patient_id, label)

        def done(waiting: WaitingLabels) -> None:
            self._gone(patient_id, label, waiting)
            if patient_id == self.patient_id:
                self.kept.emit(place)

        self._background.run(self, keep, done=done, failed=self.not_kept.emit)

    def let_go(self) -> None:
        """It waits no longer, wherever it went."""
        if self.reading is not None and self.patient_id is not None:
            gone = partial(self._gone, self.patient_id, self.reading.label)
            self._background.run(self, let_go, self.patient_id, self.reading.label, done=gone)

    def _restore(self, patient_id: int, waiting: WaitingLabels) -> None:
        if patient_id != self.patient_id or self.reading is not None:
            return
        self.earlier = waiting.earlier
        if waiting.shown is not None:
            self.take_again(waiting.shown)
        else:
            self.nothing_waits.emit()

    def _gone(self, patient_id: int, label: ScannedLabel, waiting: WaitingLabels) -> None:
        """Another label may have been scanned while this one was on its way."""
        if patient_id != self.patient_id:
            return
        self.earlier = waiting.earlier
        if self.reading is not None and self.reading.label.raw == label.raw:
            self.reading = None
            self.put_away.emit()
