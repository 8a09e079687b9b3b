"""Shows the text of a scanned label with everything in it to be seen; it is never typed, only taken away."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from desktop.forms.label_field import LabelField
from desktop.rules.label import show_raw
from desktop.rules.scanned_label import ScannedLabel
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.editors import Editor, Lookup, editor_for
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px


class LabelEditor(Editor):
    """A scanner fills it: `RecordEditor.type_in({"udi_raw": label.plain})`. Bytes stay as they came, in drafts too."""

    def __init__(self) -> None:
        super().__init__()
        self._label: ScannedLabel | None = None
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_S))
        self.line = QLineEdit()
        self.line.setReadOnly(True)
        self.line.setPlaceholderText("No label was scanned")
        self.origin = Text("", "muted")
        self.remove_button = Button("Remove the label", "link")
        self.remove_button.clicked.connect(self._remove)
        row.addWidget(self.line, 1)
        row.addWidget(self.origin)
        row.addWidget(self.remove_button)
        self.widget.setFocusProxy(self.line)
        self._read_only = False
        self._show()

    @override
    def value(self) -> ScannedLabel | None:
        return self._label

    @override
    def set_value(self, value: ScannedLabel | None) -> None:
        self._label = value
        self._show()

    @override
    def typed(self) -> Any:
        return self._label.plain if self._label else ""

    @override
    def retype(self, typed: Any) -> None:
        self.set_value(ScannedLabel.from_plain(typed))

    @override
    def keys(self) -> str:
        return "Filled by scanning or pasting the device's label"

    @override
    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show()

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.line,)

    def _remove(self) -> None:
        self.set_value(None)
        self.line.setFocus()
        self.edited.emit()

    def _show(self) -> None:
        label = self._label
        self.line.setText(show_raw(label.raw) if label else "")
        self.line.setCursorPosition(0)
        parts = (
            label.issuer.label if label and label.issuer else "",
            label.entry.label if label and label.entry else "",
        )
        self.origin.setText(" · ".join(filter(None, parts)))
        self.origin.setVisible(any(parts))
        self.remove_button.setVisible(label is not None and not self._read_only)


@editor_for.register
def _(field: LabelField, lookup: Lookup) -> Editor:
    return LabelEditor()
