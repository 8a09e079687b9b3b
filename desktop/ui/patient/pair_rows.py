"""The answers of two people side by side; every line says beside each answer whose it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget
from typing_extensions import override

from desktop.rules.merge import KEPT, OTHER
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, SPACE_XS, px

NOTHING = "nothing"
_LABEL_WIDTH, _MARK_WIDTH, _TAG_WIDTH = 150, 190, 70
_TOP = Qt.AlignmentFlag.AlignTop


class _Choice(QWidget):
    """An answer that can be chosen; unlike a radio button's own words, these break into lines."""

    def __init__(self, answer: str) -> None:
        super().__init__()
        self.radio = QRadioButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_XS))
        row.addWidget(self.radio, 0, _TOP)
        words = Text(answer, wrap=True)
        words.setContentsMargins(0, px(4), 0, 0)
        row.addWidget(words, 1, _TOP)
        self.setFocusProxy(self.radio)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.radio.click()


class PairRows(QWidget):
    """`left` and `right` name the two in every line. Where a person has to decide, each answer can be chosen."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__()
        self._tags = (left, right)
        self.choices: dict[str, QButtonGroup] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(SPACE_L))
        self._grid.setVerticalSpacing(px(SPACE_S))
        self._grid.setColumnMinimumWidth(0, px(_LABEL_WIDTH))
        self._grid.setColumnMinimumWidth(3, px(_MARK_WIDTH))
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)

    def add(self, label: str, answers: tuple[str, str], mark: str, *, tone: str = "muted") -> None:
        cells = [Text(answer or NOTHING, wrap=True, tone=None if answer else "muted") for answer in answers]
        self._line(label, cells, mark, tone)
        for cell, tag, answer in zip(cells, self._tags, answers, strict=True):
            cell.setAccessibleName(f"{label}, {tag}: {answer or NOTHING}. {mark}")

    def ask(self, name: str, label: str, answers: tuple[str, str], mark: str) -> None:
        """Neither is chosen beforehand: a person decides."""
        group = QButtonGroup(self)
        cells = []
        for at, (answer, tag) in enumerate(zip(answers, self._tags, strict=True)):
            cell = _Choice(answer or NOTHING)
            cell.radio.setObjectName(f"{name}.{(KEPT, OTHER)[at]}")
            cell.radio.setAccessibleName(f"{label}, {tag}: {answer or NOTHING}. {mark}")
            group.addButton(cell.radio, at)
            cells.append(cell)
        self.choices[name] = group
        self._line(label, cells, mark, "warning")

    def chosen(self) -> dict[str, str]:
        picked = {name: group.checkedId() for name, group in self.choices.items()}
        return {name: (KEPT, OTHER)[at] for name, at in picked.items() if at >= 0}

    def _line(self, label: str, cells: list[Text] | list[_Choice], mark: str, tone: str) -> None:
        line = self._grid.rowCount()
        self._grid.addWidget(Text(label, "label", wrap=True), line, 0, _TOP)
        for column, (tag, cell) in enumerate(zip(self._tags, cells, strict=True), start=1):
            around = QHBoxLayout()
            around.setSpacing(px(SPACE_S))
            whose = Text(tag, "caption")
            whose.setMinimumWidth(px(_TAG_WIDTH))
            whose.setContentsMargins(0, px(2), 0, 0)
            around.addWidget(whose, 0, _TOP)
            around.addWidget(cell, 1, _TOP)
            self._grid.addLayout(around, line, column)
        self._grid.addWidget(Text(mark, "small", wrap=True, tone=tone), line, 3, _TOP)
