"""What patient, surgeon and operation say of each side, beside each other and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.models.choices import IndicationLayer, Side
from desktop.rules.indication import ComparedIndication, LayersSay
from desktop.ui.kit.cards import Card, Divider, Pill, SideHeading
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, Tone, px

TONES: Final[Mapping[LayersSay, Tone]] = {
    LayersSay.ONE: "neutral",
    LayersSay.AGREED: "good",
    LayersSay.FOUND: "good",
    LayersSay.NOT_FOUND: "warning",
    LayersSay.NOT_SUSPECTED: "warning",
}
NOT_NAMED, NAMED = "–", "yes"
_TOP = Qt.AlignmentFlag.AlignTop


class LayersBoard(Card):
    """Shown as soon as there is something to compare; it follows what is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Patient, surgeon, surgery", parent=parent)
        self._shown: Mapping[Side, tuple[ComparedIndication, ...]] = {}
        self._table: QWidget | None = None
        self.hide()

    def show_layers(self, compared: Mapping[Side, tuple[ComparedIndication, ...]]) -> None:
        if compared == self._shown:
            return
        self._shown = compared
        if self._table is not None:
            self.body.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        self._table = self._made(compared)
        self.add(self._table)
        self.setVisible(any(compared.values()))

    def lines(self) -> list[str]:
        """Each line as it is read aloud."""
        return [_spoken(side, each) for side in Side for each in self._shown.get(side, ())]

    def _made(self, compared: Mapping[Side, tuple[ComparedIndication, ...]]) -> QWidget:
        table = QWidget(self)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(SPACE_M))
        grid.setVerticalSpacing(px(6))
        for column, share in enumerate((9, 6, 6, 6, 8)):
            grid.setColumnStretch(column, share)
        line = 0
        for side in Side:
            if not compared[side]:
                continue
            if line:
                grid.addWidget(Divider(table), line, 0, 1, 5)
                line += 1
            grid.addWidget(SideHeading("right" if side is Side.RIGHT else "left", parent=table), line, 0)
            for column, layer in enumerate(IndicationLayer, start=1):
                grid.addWidget(Text(layer.label, "caption", wrap=True, parent=table), line, column)
            for each in compared[side]:
                line += 1
                self._add_line(grid, line, side, each, table)
            line += 1
        return table

    def _add_line(self, grid: QGridLayout, line: int, side: Side, each: ComparedIndication, table: QWidget) -> None:
        name = Text(f"{each.rank}  {each.indication.label}", "strong", wrap=True, parent=table)
        name.setAccessibleName(_spoken(side, each))
        grid.addWidget(name, line, 0, _TOP)
        for column, layer in enumerate(IndicationLayer, start=1):
            is_named = layer in each.remarks
            words = (each.remarks[layer] or NAMED) if is_named else NOT_NAMED
            grid.addWidget(
                Text(words, "body", wrap=True, tone=None if is_named else "muted", parent=table), line, column, _TOP
            )
        if each.says is not LayersSay.ONE:
            grid.addWidget(Pill(each.says.value, TONES[each.says], table), line, 4, _TOP)


def _spoken(side: Side, each: ComparedIndication) -> str:
    named = ", ".join(layer.label.lower() for layer in IndicationLayer if layer in each.remarks)
    parts = (f"{side.label} {each.indication.label}", named, each.says.value.lower())
    return ": ".join(filter(None, (parts[0], ", ".join(filter(None, parts[1:])))))
