"""What was put on the chest drawing up to now, as it was typed, and every step of it to be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from desktop.models.choices import ChestPlace, Choice, Displacement, MarkKind, Side
from desktop.rules.chest_mark import Mark, place_at, within_reach
from desktop.rules.numbers import read_whole
from desktop.rules.reading import Unreadable, clean_line
from desktop.rules.rows import Row

"""A mark as plain data: codes, and the typed text of its length and note."""

_CHOICES: Final[Mapping[str, type[Choice]]] = {
    "side": Side,
    "kind": MarkKind,
    "place": ChestPlace,
    "direction": Displacement,
}
_BLANK: Final[Row] = {
    "id": None,
    "side": "",
    "kind": "",
    "place": "",
    "direction": "",
    "across_permille": None,
    "down_permille": None,
    "length_mm": "",
    "note": "",
}


class EditedMarks:
    """Changes of one thing in a row, such as the letters of a note or the way of a drag, are one step."""

    def __init__(self) -> None:
        self._steps: list[tuple[Row, ...]] = [()]
        self._at = 0
        self._going_on: object = None

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._steps[self._at]

    def begin(self, rows: Iterable[Row]) -> None:
        """Start from these; there is nothing to undo."""
        self._steps, self._at, self._going_on = [tuple({**_BLANK, **row} for row in rows)], 0, None

    def begin_with_values(self, values: Iterable[Mapping[str, Any]]) -> None:
        self.begin(_typed(value) for value in values)

    def marks(self) -> tuple[Mark, ...]:
        """As they are drawn; a length that cannot be read is drawn as if it were not known."""
        return tuple(Mark.from_row(_value(row, is_drawn=True)) for row in self.rows)

    def values(self) -> tuple[dict[str, Any], ...]:
        found = []
        for number, row in enumerate(self.rows, start=1):
            try:
                found.append(_value(row))
            except Unreadable as problem:
                raise Unreadable(f"Mark {number}: {problem}") from problem
        return tuple(found)

    def add(self, side: Side, kind: MarkKind, place: ChestPlace, step: object = None) -> int:
        new = {**_BLANK, "side": side.value, "kind": kind.value, "place": place.value}
        self._go_on((*self.rows, new), step)
        return len(self.rows) - 1

    def add_at(self, side: Side, kind: MarkKind, across: float, down: float, step: object = None) -> int:
        self._go_on((*self.rows, {**_BLANK, "side": side.value, "kind": kind.value, **_put(across, down)}), step)
        return len(self.rows) - 1

    def move(self, number: int, across: float, down: float, step: object = None) -> None:
        """To a point of its own side: a mark never changes sides."""
        self.change(number, step, **_put(across, down))

    def place(self, number: int, place: ChestPlace) -> None:
        """Somewhere in that place; where it lay exactly is no longer true."""
        self.change(number, None, place=place.value, across_permille=None, down_permille=None)

    def change(self, number: int, step: object = None, **answers: Any) -> None:
        if any(self.rows[number][name] != answer for name, answer in answers.items()):
            rows = [{**row, **answers} if at == number else row for at, row in enumerate(self.rows)]
            self._go_on(tuple(rows), step)

    def remove(self, number: int) -> None:
        self._go_on(tuple(row for at, row in enumerate(self.rows) if at != number), None)

    def undo(self) -> bool:
        return self._turn_to(self._at - 1)

    def redo(self) -> bool:
        return self._turn_to(self._at + 1)

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at < len(self._steps) - 1

    def _turn_to(self, at: int) -> bool:
        if not 0 <= at < len(self._steps):
            return False
        self._at, self._going_on = at, None
        return True

    def _go_on(self, rows: tuple[Row, ...], step: object) -> None:
        if step is not None and step == self._going_on:
            self._steps[self._at :] = [rows]
            return
        self._steps[self._at + 1 :] = [rows]
        self._at += 1
        self._going_on = step


def _put(across: float, down: float) -> dict[str, Any]:
    across, down = within_reach(across, down)
    return {"across_permille": across, "down_permille": down, "place": place_at(across, down).value}


def _typed(value: Mapping[str, Any]) -> dict[str, Any]:
    typed = {**_BLANK, **value}
    for name in _CHOICES:
        typed[name] = typed[name].value if typed[name] else ""
    return typed | {"length_mm": str(typed["length_mm"] or ""), "note": typed["note"] or ""}


def _value(row: Row, is_drawn: bool = False) -> dict[str, Any]:
    value = dict(row)
    for name, choices in _CHOICES.items():
        value[name] = choices.from_code(row[name]) if row[name] else None
    length = clean_line(row["length_mm"])
    try:
        value["length_mm"] = read_whole(length) if length else None
    except Unreadable:
        if not is_drawn:
            raise
        value["length_mm"] = None
    return value | {"note": clean_line(row["note"]) or None}
