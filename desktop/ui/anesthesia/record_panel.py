"""The running record inside its card: the chart, the buttons that begin an entry, and the line in which it is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop.models.choices import DoseUnit, Drug
from desktop.rules.anesthesia_sums import record_span
from desktop.rules.anesthesia_tables import RATES
from desktop.rules.numbers import show_decimal
from desktop.ui.anesthesia.entry_line import EntryLine
from desktop.ui.anesthesia.rows_editor import TimedRowsEditor
from desktop.ui.anesthesia.told import gap_words
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import px
from desktop.ui.kit.vitals_chart import Dose, DrugRow, Infusion, VitalsChart, VitalSigns

_KEYS = {
    "vitals": ("+ Vitals  (V)", Qt.Key.Key_V),
    "drugs": ("+ Drug  (D)", Qt.Key.Key_D),
    "events": ("+ Event  (E)", Qt.Key.Key_E),
}
_LEAST_CHART_HEIGHT, _DRUG_ROW, _BELOW_CHART = 240, 24, 190


class RecordPanel(QObject):
    """Dresses the card of the record with everything that belongs above its rows."""

    entered = Signal()
    """A row was added or changed from the entry line."""

    def __init__(self, form: FormView, section: str) -> None:
        super().__init__(form)
        self._form = form
        self._room = self._drugs = 0
        self.rows: dict[str, TimedRowsEditor] = {}
        card = form.cards[section][0]
        assert isinstance(card, Card)
        title_line = card.body.itemAt(0)
        heading = title_line.layout() if title_line else None
        assert heading is not None
        self.buttons: dict[str, Button] = {}
        for name, (words, _key) in _KEYS.items():
            editor = form.boxes[name].editor
            assert isinstance(editor, TimedRowsEditor)
            self.rows[name] = editor
            made = self.buttons[name] = button(words)
            made.setObjectName(f"add.{name}")
            made.clicked.connect(lambda _checked=False, name=name: self.begin(name))
            heading.addWidget(made)
            editor.change_asked.connect(lambda number, name=name: self.begin(name, number))
            editor.line_typed.connect(form.edited)
        self.remark = Text("", "muted", wrap=True, tone="warning")
        self.kept = Text("", "muted", wrap=True, tone="warning")
        self.line = EntryLine(self.rows["vitals"].lookup)
        self.line.entered.connect(self._on_entered)
        self.line.closed.connect(self.focus)
        self.chart = VitalsChart(empty="Nothing recorded yet. Press V for vitals, D for a drug, E for an event.")
        for at, widget in enumerate((self.kept, self.line, self.chart, self.remark), start=1):
            card.body.insertWidget(at, widget)
        self.remark.hide()
        self.kept.hide()

    def begin(self, name: str, number: int | None = None) -> None:
        self.line.open(self.rows[name], number)
        self._form.ensureWidgetVisible(self.line, 0, px(20))

    def begin_by_key(self, key: int) -> bool:
        """Begin the entry that belongs to a letter; False for another key."""
        name = next((name for name, (_words, letter) in _KEYS.items() if letter == key), None)
        if name is None or self.line.is_open():
            return False
        self.begin(name)
        return True

    def bring_back_line(self) -> None:
        """Open the line that a draft still holds."""
        for rows in self.rows.values():
            left = rows.left_open()
            if left is not None and not self.line.is_open():
                self.line.open(rows, left[1], left[0])

    def forget_line(self) -> None:
        """Close the line before another record is shown; its draft was kept before."""
        self.line.abandon()
        for rows in self.rows.values():
            rows.open_line = None

    def say(self, words: str) -> None:
        """Why an entry is not stored yet; empty when it is."""
        self.kept.setText(words)
        self.kept.setVisible(bool(words))

    def focus(self) -> None:
        self.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        for each in self.buttons.values():
            each.setVisible(not read_only)

    def fit(self, room: int) -> None:
        """Let the chart fill the height there is and leave the head of the rows in sight."""
        self._room = room
        self.chart.setFixedHeight(max(px(_LEAST_CHART_HEIGHT + _DRUG_ROW * self._drugs), room - px(_BELOW_CHART)))

    def tell(self, values: Mapping[str, Any], now: dt.datetime) -> None:
        """Draw what is in the rows; `now` ends what still runs."""
        begun, ended = record_span(values)
        runs = begun is not None and ended is None and now - begun < dt.timedelta(days=1)
        drugs = drug_rows(values.get("drugs") or ())
        if len(drugs) != self._drugs:
            self._drugs = len(drugs)
            self.fit(self._room)
        self.chart.set_record(
            drugs,
            [_reading(row) for row in values.get("vitals") or () if row.get("at")],
            started_at=begun,
            until=now if runs else ended,
        )
        gaps = gap_words(values, now) if runs or ended else ""
        self.remark.setText(f"Gap: {gaps}." if gaps else "")
        self.remark.setVisible(bool(gaps))

    def _on_entered(self, name: str, confirmed: Mapping[str, Any] | None) -> None:
        if confirmed is not None:
            earlier = self._form.confirmed_answer(name) or ()
            self._form.confirm(name, (*earlier, confirmed))
        self.focus()
        self.entered.emit()


def drug_rows(rows: Iterable[Mapping[str, Any]]) -> list[DrugRow]:
    """One row of the chart for each drug and unit, in the order in which they were first given."""
    by_kind: dict[tuple[Drug, DoseUnit], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row.get("at") and row.get("drug") and row.get("unit") and isinstance(row.get("dose"), Decimal):
            by_kind.setdefault((row["drug"], row["unit"]), []).append(row)
    return [
        DrugRow(
            drug.label,
            unit.label,
            tuple(Dose(row["at"], show_decimal(row["dose"])) for row in given if not _runs(row)),
            tuple(Infusion(row["at"], show_decimal(row["dose"]), row.get("until_at")) for row in given if _runs(row)),
        )
        for (drug, unit), given in by_kind.items()
    ]


def _runs(row: Mapping[str, Any]) -> bool:
    return row["unit"] in RATES or row.get("until_at") is not None


def _reading(row: Mapping[str, Any]) -> VitalSigns:
    return VitalSigns(
        row["at"], row.get("systolic_mmhg"), row.get("diastolic_mmhg"), row.get("pulse_bpm"), row.get("spo2_percent")
    )
