"""Edits a fact about the past: its value, or that it is unknown, and who or what says so."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from desktop.models.choices import UNKNOWN, Source
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.editors import ChoiceBox, Editor
from desktop.ui.kit.theme import SPACE_XS, px

PAST_KEYS = "? says that it is unknown, F2 says who or what says so"


LABEL_HEIGHT = 18
"""Pixels at 100 %: every label's line is as high as one with a source, so that the fields of a row stay aligned."""


class PastEditor(Editor):
    """Unknown is a deliberate press beside the field, never an empty field; the field then says so in a word."""

    def __init__(self, label: str, inner: Editor) -> None:
        super().__init__()
        self._inner = inner
        self._replaced: tuple[Any, str] = ("", "")
        inner.setParent(self)
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_XS))
        row.addWidget(inner.widget, 1)
        self.unknown = Button("?", "toggle")
        self.unknown.setCheckable(True)
        self.unknown.setFixedWidth(px(26))
        self.unknown.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the key ? does the same without a further stop
        self.unknown.setAccessibleName(f"{label} is unknown")
        self.unknown.setToolTip("Unknown  (?)")
        row.addWidget(self.unknown)
        self.widget.setFocusProxy(inner.widget)
        self._label = label
        self._source: SourceBox | None = None
        self._source_line: QHBoxLayout | None = None
        self._is_read_only = False
        self.unknown.clicked.connect(self._on_unknown)
        inner.edited.connect(self._on_inner_edited)
        for each in inner.inputs():
            each.installEventFilter(self)

    @property
    def source(self) -> SourceBox:
        """Made when there is first something to be said: a form has dozens of these, and each takes time to make."""
        if self._source is None:
            self._source = SourceBox(self._label, self.widget.parentWidget())
            self._source.setEnabled(not self._is_read_only)
            self._source.activated.connect(self._on_source)
            if self._source_line is not None:
                self._source_line.addWidget(self._source)
        return self._source

    def put_source_in(self, line: QHBoxLayout) -> None:
        """Where the source stands once there is one."""
        self._source_line = line

    @override
    def value(self) -> Any:
        return UNKNOWN if self.unknown.isChecked() else self._inner.value()

    @override
    def set_value(self, value: Any) -> None:
        self._replaced = ("", "")
        self._inner.set_value(None if value is UNKNOWN else value)
        self._set_unknown(value is UNKNOWN)

    @override
    def typed(self) -> dict[str, Any]:
        return {
            "unknown": self.unknown.isChecked(),
            "text": self._inner.typed(),
            "source": self._source_code(),
        }

    @override
    def retype(self, typed: Any) -> None:
        self._replaced = ("", "")
        self._inner.retype(typed.get("text") or "")
        self._set_unknown(bool(typed.get("unknown")))
        self._choose_source(typed.get("source") or "")

    @override
    def echo(self) -> str:
        return "" if self.unknown.isChecked() else self._inner.echo()

    @override
    def keys(self) -> str:
        return PAST_KEYS

    @override
    def set_read_only(self, read_only: bool) -> None:
        self._is_read_only = read_only
        self._inner.set_read_only(read_only)
        self.unknown.setEnabled(not read_only)
        if self._source is not None:
            self._source.setEnabled(not read_only)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return self._inner.inputs()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.unknown.isEnabled():
            return self._on_key(watched, event)
        return False

    def has_answer(self) -> bool:
        return self.unknown.isChecked() or self._inner.typed() not in ("", None, [])

    def source_value(self) -> Source | None:
        code = self._source_code()
        return Source.from_code(code) if code and self.has_answer() else None

    def set_source(self, source: Source | None) -> None:
        self._choose_source(source.value if source else "")

    def _source_code(self) -> str:
        return self._source.code() if self._source is not None else ""

    def _choose_source(self, code: str) -> None:
        if code or self._source is not None:
            self.source.choose(code)

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.text() == "?" and not (isinstance(watched, QLineEdit) and watched.text()):
            self._on_unknown(not self.unknown.isChecked())
        elif self.unknown.isChecked() and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._replaced = ("", "")
            self._on_unknown(False)
        elif event.key() == Qt.Key.Key_F2 and self.has_answer():
            self.source.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.source.showPopup()
        else:
            return False
        return True

    def _on_unknown(self, is_unknown: bool) -> None:
        """A second press brings back what the first took away."""
        if is_unknown:
            self._replaced = (self._inner.typed(), self._source_code())
        text, source = ("", "") if is_unknown else self._replaced
        self._inner.retype(text)
        self._choose_source(source)
        self._set_unknown(is_unknown)
        self._inner.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _on_inner_edited(self) -> None:
        self._set_unknown(False)
        self.edited.emit()

    def _on_source(self, _index: int) -> None:
        self._inner.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _set_unknown(self, is_unknown: bool) -> None:
        self.unknown.setChecked(is_unknown)
        kind, word = ("unknown", "Unknown") if is_unknown else ("", "")
        for each in self._inner.inputs():
            if isinstance(each, QComboBox):
                each.setPlaceholderText(word)
                if is_unknown or each.currentIndex() < 0:
                    each.setCurrentIndex(-1 if is_unknown else 0)
            elif isinstance(each, QLineEdit):
                each.setPlaceholderText(word)
            if (each.property("kind") or "") != kind:
                each.setProperty("kind", kind)
                each.style().unpolish(each)
                each.style().polish(each)
        if self._source is not None or self.has_answer():
            self.source.setVisible(self.has_answer())


class SourceBox(ChoiceBox):
    """Who or what says so: small at the end of the label's line, and only where there is something to be said.

    It is no stop of the Tab key, which would double every form's way; F2 in the field opens it.
    """

    def __init__(self, label: str, parent: QWidget | None) -> None:
        super().__init__()
        self.setProperty("kind", "source")
        self.setFixedHeight(px(LABEL_HEIGHT))
        self.setPlaceholderText("source")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        keeps_room = self.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.setSizePolicy(keeps_room)
        self.setAccessibleName(f"{label}: source")
        self.activated.connect(lambda index: self.choose(self.itemData(index)))
        self.hide()
        self.setParent(parent)
        self.choose("")

    def code(self) -> str:
        return str(self.currentData() or "")

    def _fill(self) -> None:
        """With its list when it is first needed: a form has dozens of these, and most are never opened."""
        if self.count() == 0:
            self.blockSignals(True)
            self.addItem("not stated", "")
            for source in Source:
                self.addItem(source.label, source.value)
            self.setCurrentIndex(-1)
            self.blockSignals(False)
            self.view().setMinimumWidth(px(180))

    @override
    def showPopup(self) -> None:
        self._fill()
        super().showPopup()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._fill()
        super().keyPressEvent(event)

    def choose(self, code: str) -> None:
        if code:
            self._fill()
        self.setCurrentIndex(self.findData(code) if code else -1)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        words = self.currentText() or self.placeholderText()
        return QSize(self.fontMetrics().horizontalAdvance(words) + px(26), px(LABEL_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(48), px(LABEL_HEIGHT))
