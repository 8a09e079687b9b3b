"""Keeps the fields of RIGHT and LEFT at one height, also when one side has more to show or a problem to tell."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class AlignedSides(QObject):
    """`boxes` are the fields of a form by name; those of one name in both sides are made equally high."""

    def __init__(self, boxes: Mapping[str, QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._pairs = [
            (box, boxes[f"left.{name.removeprefix('right.')}"])
            for name, box in boxes.items()
            if name.startswith("right.")
        ]
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.align)
        for pair in self._pairs:
            for box in pair:
                box.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show):
            self._timer.start()
        return False

    def align(self) -> None:
        for pair in self._pairs:
            height = max(_wanted(box) for box in pair)
            for box in pair:
                if box.minimumHeight() != height:
                    box.setMinimumHeight(height)


def _wanted(box: QWidget) -> int:
    """The height the box would have by itself, at the width it has."""
    layout = box.layout()
    if layout is None:
        return box.sizeHint().height()
    return max(layout.totalMinimumHeightForWidth(box.width()), layout.totalMinimumSize().height())
