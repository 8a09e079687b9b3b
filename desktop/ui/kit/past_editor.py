"""Edits a fact about the past: its value, or that it is unknown, and who or what says so."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget
from typing_extensions import override

from desktop.models.choices import UNKNOWN, Source
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.editors import ChoiceBox, Editor
from desktop.ui.kit.theme import SPACE_XS, px


class PastEditor(Editor):
    """Unknown is a deliberate press beside the field, never an empty field."""

    def __init__(self, label: str, inner: Editor) -> None:
        super().__init__()
        self._inner = inner
        inner.setParent(self)
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_XS))
        row.addWidget(inner.widget, 1)
        self.unknown = Button("Unknown", "toggle")
        self.unknown.setCheckable(True)
        self.unknown.setAccessibleName(f"{label} is unknown")
        row.addWidget(self.unknown)
        self.widget.setFocusProxy(inner.widget)
        self.source = SourceBox(label)
        self.unknown.clicked.connect(self._on_unknown)
        self.source.activated.connect(lambda _index: self.edited.emit())
        inner.edited.connect(self._on_inner_edited)

    @override
    def value(self) -> Any:
        return UNKNOWN if self.unknown.isChecked() else self._inner.value()

    @override
    def set_value(self, value: Any) -> None:
        self._set_unknown(value is UNKNOWN)
        self._inner.set_value(None if value is UNKNOWN else value)

    @override
    def typed(self) -> dict[str, Any]:
        return {
            "unknown": self.unknown.isChecked(),
            "text": self._inner.typed(),
            "source": self.source.currentData(),
        }

    @override
    def retype(self, typed: Any) -> None:
        self._set_unknown(bool(typed.get("unknown")))
        self._inner.retype(typed.get("text") or "")
        self.source.setCurrentIndex(max(0, self.source.findData(typed.get("source"))))

    @override
    def echo(self) -> str:
        return "" if self.unknown.isChecked() else self._inner.echo()

    @override
    def set_read_only(self, read_only: bool) -> None:
        self._inner.set_read_only(read_only)
        self.unknown.setEnabled(not read_only)
        self.source.setEnabled(not read_only)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return self._inner.inputs()

    def source_value(self) -> Source | None:
        code = self.source.currentData()
        return Source.from_code(code) if code else None

    def set_source(self, source: Source | None) -> None:
        self.source.setCurrentIndex(self.source.findData(source.value if source else ""))

    def _on_unknown(self, is_unknown: bool) -> None:
        if is_unknown:
            self._inner.set_value(None)
        self._set_unknown(is_unknown)
        self.edited.emit()

    def _on_inner_edited(self) -> None:
        self._set_unknown(False)
        self.edited.emit()

    def _set_unknown(self, is_unknown: bool) -> None:
        self.unknown.setChecked(is_unknown)
        for each in self._inner.inputs():
            each.setProperty("kind", "unknown" if is_unknown else "")
            each.style().unpolish(each)
            each.style().polish(each)


class SourceBox(ChoiceBox):
    """Who or what says so; stands small at the end of the label's line."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setProperty("kind", "source")
        self.addItem("source", "")
        for source in Source:
            self.addItem(source.label, source.value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setAccessibleName(f"{label}: source")
