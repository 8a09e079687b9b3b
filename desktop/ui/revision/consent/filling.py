"""What one key writes into a consent, to be read and changed by a person: words of the plan, numbers of the items."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt

from desktop.forms.consent import ITEMS
from desktop.models.choices import Side
from desktop.rules.side import answer_at, field_at
from desktop.ui.kit.buttons import Button, button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.record_editor import RecordEditor
from desktop.ui.kit.rows_editor import RowsEditor


def take_over(editor: RecordEditor, planned: Mapping[Side, str]) -> None:
    """Words of the plan into the sides in which nothing is written."""
    written = editor.form.values()
    taken = {
        field_at(side, "procedure"): words
        for side, words in planned.items()
        if words and not answer_at(written, side, "procedure")
    }
    if not taken:
        editor.messages.refuse("Nothing was taken over.", "Both sides are written already, or not planned.")
        return
    editor.type_in(taken)
    _focus(editor, next(iter(taken)))


def add_numbers(editor: RecordEditor) -> None:
    """A row for each number of the form that is not listed yet; nobody copies the maker's words."""
    count = editor.form.values().get("item_count")
    if not count:
        editor.messages.refuse("No items were added.", "Write first how many items the form has, like 12.")
        _focus(editor, "item_count")
        return
    items = editor.form.boxes["items"].editor
    assert isinstance(items, RowsEditor)
    rows = items.typed()
    listed = {row["item"].strip() for row in rows}
    unlisted = [str(number) for number in range(1, count + 1) if str(number) not in listed]
    wanted = unlisted[: max(0, count - len(rows))]
    editor.type_in({"items": rows + [{"id": None, "item": number, "initials": ""} for number in wanted]})
    items.focus_empty("initials")


def numbers_button(editor: RecordEditor) -> Button:
    """Under the number of items; Tab comes to it from there."""
    made = button("Add the numbered items")
    made.setObjectName("add_numbers")
    made.clicked.connect(lambda: add_numbers(editor))
    (card,) = editor.form.cards[ITEMS]
    assert isinstance(card, Card)
    card.body.insertWidget(card.body.count() - 1, made, 0, Qt.AlignmentFlag.AlignLeft)
    editor.form.setTabOrder(editor.form.boxes["item_count"].editor.inputs()[0], made)
    return made


def _focus(editor: RecordEditor, name: str) -> None:
    editor.form.boxes[name].editor.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)
