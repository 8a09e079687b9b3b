"""The two letters as they would be printed: the request, and the permission that the patient signs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.records_request import Letters
from desktop.ui.kit.attention import AttentionList, AttentionPoint
from desktop.ui.kit.buttons import Segmented
from desktop.ui.kit.cards import Card
from desktop.ui.kit.pdf_preview import PdfPreview
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, px

REQUEST, RELEASE = "request", "release"


class LetterPreview(Card):
    """Follows what is typed; while something is missing it says what, and shows no letter with a hole in it."""

    def __init__(self) -> None:
        super().__init__()
        self._letters: Letters | None = None
        self.which = Segmented("Letter", ((REQUEST, "Request"), (RELEASE, "Permission to sign")))
        self.which.set_value(REQUEST)
        self.which.changed.connect(lambda _which: self._show())
        self.state = Text("", "muted", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_M))
        head.addWidget(self.which)
        head.addWidget(self.state, 1)
        self.preview = PdfPreview()
        self._missing = QWidget()
        self._points = QVBoxLayout(self._missing)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self._missing)
        self.add(head)
        self.add(self._stack, 1)

    def show_letters(self, letters: Letters) -> None:
        self._letters = letters
        self.state.setText(f"Preview, not kept. {letters.note}".strip())
        self._show()

    def show_missing(self, sentences: Iterable[str]) -> None:
        self._letters = None
        self.state.setText("The letters cannot be printed yet")
        while (item := self._points.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        points = AttentionList([AttentionPoint(sentence) for sentence in sentences])
        self._points.addWidget(points)
        points.show()  # at once; the layout alone would show it a moment later
        self._stack.setCurrentWidget(self._missing)

    def _show(self) -> None:
        if self._letters is not None:
            chosen = self._letters.release if self.which.value() == RELEASE else self._letters.request
            self.preview.show_pdf(chosen)
            self._stack.setCurrentWidget(self.preview)
