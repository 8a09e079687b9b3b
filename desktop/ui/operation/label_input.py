"""How the text of a label comes to its page: pasted as it is, typed, or read from a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit
from typing_extensions import override

from desktop.models.choices import LabelEntry
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px

_WAITS = "Scan a label now, or paste its text. Nothing is sent anywhere."


class LabelInput(Card):
    """What a scanner sends comes from elsewhere; this is for all who have none at hand."""

    given = Signal(str, object)
    """A text, every character of it, and the `LabelEntry` by which it came."""
    earlier_asked = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, messages: MessageBar) -> None:
        super().__init__("Scan or paste a label")
        self._background, self._messages = background, messages
        self.line = LabelLine()
        self.line.given.connect(lambda raw: self.given.emit(raw, LabelEntry.PASTED))
        self.picture_button = button("Read from a picture …")
        self.picture_button.setObjectName("picture")
        self.picture_button.clicked.connect(self._ask_picture)
        self.earlier_button = button("")
        self.earlier_button.setObjectName("earlier")
        self.earlier_button.clicked.connect(self.earlier_asked)
        row = QHBoxLayout()
        row.setSpacing(px(SPACE_S))
        row.addWidget(self.picture_button)
        row.addWidget(self.earlier_button)
        row.addStretch(1)
        self.add(Text(_WAITS, "muted", wrap=True))
        self.add(self.line)
        self.add(row)
        self.setFocusProxy(self.line)

    def offer_earlier(self, count: int) -> None:
        """So many labels were scanned before and are not in the record."""
        words = "Show the label before it" if count == 1 else f"Show the {count} labels before it"
        self.earlier_button.setText(words)
        self.earlier_button.setAccessibleName(f"{words}; not in the record yet")
        self.earlier_button.setVisible(count > 0)

    def read_picture(self, path: Path) -> None:
        self._messages.work(f"Looking at {path.name} …")

        def look(_session: Any) -> tuple[str, ...]:
            from desktop.ui.kit.picture_reading import read_picture_file  # its library is large

            return read_picture_file(path)

        self._background.read_long(self, look, done=self._on_codes, failed=self.failed.emit)

    def _ask_picture(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, "Picture of a label", "", "Pictures (*.png *.jpg *.jpeg)")
        if chosen:
            self.read_picture(Path(chosen))

    def _on_codes(self, codes: tuple[str, ...]) -> None:
        self._messages.clear()
        if codes:
            self.given.emit("\n".join(codes), LabelEntry.PICTURE)
        else:
            self._messages.refuse(
                "No code was found in this picture.", "Take it closer, straight and in good light, or type the label."
            )


class LabelLine(QPlainTextEdit):
    """A paste is given whole, as a text field would not keep it: control characters and line breaks included."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("label_text")
        self.setAccessibleName("Text of the label")
        self.setPlaceholderText("Paste the text here, or type it and press Enter")
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 2 + px(24))

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.text().strip():
            self._give(source.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.toPlainText().strip():
            self._give(self.toPlainText())

    def _give(self, text: str) -> None:
        self.clear()
        self.given.emit(text)
