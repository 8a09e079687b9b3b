"""The frame of the one question before something is frozen: whom it is about, both sides, and that it stays so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.choices import Side
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import SideHeading, SunkenBox
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, px

WIDTH = 620


class FreezingDialog(QDialog):
    """Opens on “Not yet”: nothing is signed by an Enter too many."""

    def __init__(self, question: str, who: str, sides: Mapping[Side, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(SPACE_XL), px(SPACE_XL), px(SPACE_XL), px(SPACE_L))
        self.column.setSpacing(px(SPACE_M))
        self.column.addWidget(Text(question, "title", wrap=True))
        self.column.addWidget(Text(who, "muted", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(px(SPACE_M))
        for side in Side:
            box = SunkenBox()
            box.add(SideHeading("right" if side is Side.RIGHT else "left", sunken=True))
            box.add(Text(sides[side], "body", wrap=True))
            line.addWidget(box, 1)
        self.column.addLayout(line)

    def add_foot(self, signer: str, sign: Callable[[], object]) -> None:
        """The two answers; the keyboard stands on “Not yet”."""
        foot = QHBoxLayout()
        foot.setSpacing(px(SPACE_S))
        foot.addStretch(1)
        not_yet = button("Not yet")
        not_yet.setObjectName("not_yet")
        not_yet.clicked.connect(self.reject)
        now = button(f"Sign as {signer}", primary=True, icon="sign")
        now.setObjectName("sign_now")
        now.setAutoDefault(False)
        now.clicked.connect(sign)
        foot.addWidget(not_yet)
        foot.addWidget(now)
        self.column.addLayout(foot)
        not_yet.setDefault(True)
        not_yet.setFocus(Qt.FocusReason.OtherFocusReason)
