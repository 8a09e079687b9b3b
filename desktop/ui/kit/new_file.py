"""What a file that was just read is called and what it is, asked before it is kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import AttachmentKind
from desktop.ui.kit.buttons import button
from desktop.ui.kit.choice_box import ChoiceBox
from desktop.ui.kit.entry import Entry, LineEntry
from desktop.ui.kit.escape_key import left_by_escape
from desktop.ui.kit.pick_row import bring_into_view
from desktop.ui.kit.theme import SPACE_L, SPACE_S, px

TITLE_HINT = "This title is kept, the name of the file is not: read it, it may hold a name."
_LONGEST = 200


class NewFileBox(QWidget):
    """Enter keeps the file, Escape lets go of it."""

    given = Signal(object, str)
    """The `AttachmentKind` and the title."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = ""
        self._kinds = ChoiceBox()
        for kind in AttachmentKind:
            self._kinds.addItem(kind.label, kind.value)
        self.kind = Entry("file_kind", "What it is", self._kinds)
        self.title = LineEntry("file_title", "Title", TITLE_HINT)
        self.title.line.setMaxLength(_LONGEST)
        self.title.line.returnPressed.connect(self._give)
        self.keep_button = button("Keep it")
        self.keep_button.setObjectName("keep_file")
        self.keep_button.clicked.connect(self._give)
        back = button("Do not keep it")
        back.setObjectName("drop_file")
        back.clicked.connect(self.left)
        answers = QHBoxLayout()
        answers.setSpacing(px(SPACE_L))
        answers.addWidget(self.title, 3)
        answers.addWidget(self.kind, 1)
        line = QHBoxLayout()
        line.setSpacing(px(SPACE_S))
        line.addWidget(self.keep_button)
        line.addWidget(back)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_S))
        column.addLayout(answers)
        column.addLayout(line)
        self.hide()

    def ask(self, kind: AttachmentKind, title: str, size: str) -> None:
        """Opens on the title, all of it marked, so that typing replaces it."""
        self._kinds.setCurrentIndex(self._kinds.findData(kind.value))
        self.title.set_words(title)
        self.title.set_hint(f"{size}. {TITLE_HINT}")
        self.show()
        self.title.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.line.selectAll()
        QTimer.singleShot(0, self, lambda: bring_into_view(self))  # once it has its place

    @override
    def event(self, event: QEvent) -> bool:
        return left_by_escape(event, self.left.emit) or super().event(event)

    def _give(self) -> None:
        title = self.title.words()
        if not title:
            self.title.show_problem("Write a title, such as “MRI report”.")
            self.title.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(AttachmentKind.from_code(str(self._kinds.currentData())), title)
