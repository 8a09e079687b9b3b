"""The chest drawing is filled in by mouse and wholly by keyboard, every step can be undone, no mark changes sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.forms.chest_mark import MarksField
from desktop.forms.examination import EXAMINATION_FORM
from desktop.models.choices import ChestPlace, Displacement, MarkKind, Side
from desktop.models.examination import Examination
from desktop.opening import OpenPractice
from desktop.rules.chest_mark import PLACE_POINTS
from desktop.rules.chest_symbol import units_of
from desktop.rules.reading import Unreadable
from desktop.services.draft import DraftOf, find_draft
from desktop.services.examination import open_examination, save_examination
from desktop.services.record import Snapshot
from desktop.ui.kit.background import Background
from desktop.ui.kit.chest_editor import ChestEditor
from desktop.ui.kit.chest_editor_walk import LETTERS
from desktop.ui.kit.editors import editor_for
from desktop.ui.kit.form_view import FormView
from desktop.ui.kit.record_editor import RecordEditor, Verbs
from tests.factories import examination_values

R, L = Side.RIGHT, Side.LEFT
KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT_BUTTON = Qt.MouseButton.LeftButton


def mark(side: Side, kind: MarkKind, place: ChestPlace, **more: Any) -> dict[str, Any]:
    row = {"id": None, "side": side, "kind": kind, "place": place, "direction": None}
    return row | {"across_permille": None, "down_permille": None, "length_mm": None, "note": None} | more


class Hands:
    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        made = editor_for(MarksField(Examination.marks, "Chest diagram"), lambda _name: None)
        assert isinstance(made, ChestEditor)
        self.editor, self.canvas = made, made.canvas
        qtbot.addWidget(made.widget)
        made.widget.resize(980, 460)
        made.widget.show()
        made.widget.activateWindow()
        qtbot.waitUntil(made.widget.isActiveWindow)
        self.canvas.setFocus()

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.qtbot.keyClick(self.canvas, key, held)

    def focus(self) -> Any:
        return self.editor.widget.window().focusWidget()

    def at(self, side: Side, place: ChestPlace) -> QPoint:
        return self.canvas.frame().to_screen(side, units_of(*PLACE_POINTS[place])).toPoint()

    def click(self, point: QPoint) -> None:
        self.qtbot.mouseClick(self.canvas, LEFT_BUTTON, pos=point)

    def drag(self, start: QPoint, end: QPoint) -> None:
        self.qtbot.mousePress(self.canvas, LEFT_BUTTON, pos=start)
        for share in (0.5, 1.0):
            between = QPointF(start) + (QPointF(end) - QPointF(start)) * share
            self.qtbot.mouseMove(self.canvas, between.toPoint())
        self.qtbot.mouseRelease(self.canvas, LEFT_BUTTON, pos=end)

    def marks(self) -> list[tuple[Any, ...]]:
        return [(row["side"], row["kind"], row["place"]) for row in self.editor.value()]


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)


def test_that_the_drawing_is_filled_in_by_keyboard_alone(hands: Hands) -> None:
    """The story of a surgeon without a mouse: three marks, a note, a correction, and back to the form."""
    hands.press(KEY.Key_Up, KEY.Key_Right)
    assert hands.editor.status.text() == "RIGHT · upper inner"
    hands.qtbot.keyClicks(hands.canvas, "r")
    hands.press(KEY.Key_Down, KEY.Key_Right)
    assert hands.canvas.here == (R, ChestPlace.MIDLINE)
    hands.press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    assert hands.canvas.here == (L, ChestPlace.NIPPLE)
    hands.qtbot.keyClicks(hands.canvas, "d")
    assert "which way is it displaced?" in hands.editor.status.text()
    hands.press(KEY.Key_Down)
    hands.press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Down)
    assert hands.canvas.here == (L, ChestPlace.FOLD)
    hands.qtbot.keyClicks(hands.canvas, "c")
    hands.qtbot.keyClick(hands.canvas, KEY.Key_Tab)
    hands.qtbot.keyClick(hands.focus(), KEY.Key_Tab)
    assert hands.focus().objectName() == "marks.length_mm"
    hands.qtbot.keyClicks(hands.focus(), "45")
    hands.qtbot.keyClick(hands.focus(), KEY.Key_Tab)
    assert hands.focus().objectName() == "marks.note"
    hands.qtbot.keyClicks(hands.focus(), "widened")
    hands.qtbot.keyClick(hands.focus(), KEY.Key_Return)
    assert hands.focus() is hands.canvas
    assert hands.editor.value() == (
        mark(R, MarkKind.RIPPLING, ChestPlace.UPPER_INNER),
        mark(L, MarkKind.DISPLACEMENT, ChestPlace.NIPPLE, direction=Displacement.INFERIOR),
        mark(L, MarkKind.SCAR, ChestPlace.FOLD, length_mm=45, note="widened"),
    )
    assert hands.editor.keys().startswith(
        "RIGHT · rippling, upper inner; LEFT · displacement downward, nipple, scar, fold 45 mm (widened)."
    )


@pytest.mark.parametrize(
    ("steps_right", "arrow", "way"),
    [
        (0, KEY.Key_Left, Displacement.LATERAL),
        (0, KEY.Key_Right, Displacement.MEDIAL),
        (4, KEY.Key_Left, Displacement.MEDIAL),
        (4, KEY.Key_Right, Displacement.LATERAL),
        (4, KEY.Key_Up, Displacement.SUPERIOR),
    ],
)
def test_that_an_arrow_points_on_the_body_as_it_does_on_the_screen(
    hands: Hands, steps_right: int, arrow: Qt.Key, way: Displacement
) -> None:
    """The patient faces us: outward is to the left of the screen on her right side, and to the right on her left."""
    hands.press(*[KEY.Key_Right] * steps_right)
    hands.qtbot.keyClicks(hands.canvas, "d")
    hands.press(arrow)
    [row] = hands.editor.value()
    assert row["side"] is (L if steps_right else R)
    assert row["direction"] is way


def test_that_every_kind_has_a_letter_of_its_own() -> None:
    assert sorted(LETTERS.values()) == sorted(MarkKind)


def test_that_enter_places_the_kind_that_was_chosen_in_the_list(hands: Hands) -> None:
    hands.press(KEY.Key_Return)
    assert hands.marks() == []
    assert "Choose what to place" in hands.editor.status.text()
    hands.editor.kinds.setFocus()
    hands.qtbot.keyClicks(hands.editor.kinds, "pai")
    hands.qtbot.keyClick(hands.editor.kinds, KEY.Key_Return)
    assert hands.focus() is hands.canvas
    hands.press(KEY.Key_Return)
    assert hands.marks() == [(R, MarkKind.PAIN, ChestPlace.NIPPLE)]


def test_that_every_place_of_both_sides_is_reached_by_arrows(hands: Hands) -> None:
    reached = {hands.canvas.here}
    ahead = [hands.canvas.here]
    while ahead:
        start = ahead.pop()
        for key in (KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down):
            hands.canvas.here = start
            hands.press(key)
            if hands.canvas.here not in reached:
                reached.add(hands.canvas.here)
                ahead.append(hands.canvas.here)
    assert reached == {(side, place) for side in Side for place in ChestPlace}


def test_that_steps_are_undone_and_done_again_by_the_usual_keys(hands: Hands) -> None:
    hands.qtbot.keyClicks(hands.canvas, "p")
    hands.press(KEY.Key_Delete)
    assert hands.marks() == []
    hands.press(KEY.Key_Z, held=CTRL)
    assert hands.marks() == [(R, MarkKind.PAIN, ChestPlace.NIPPLE)]
    hands.press(KEY.Key_Z, held=CTRL)
    hands.press(KEY.Key_Z, held=CTRL)
    assert hands.marks() == []
    hands.press(KEY.Key_Y, held=CTRL)
    assert len(hands.marks()) == 1
    hands.press(KEY.Key_Z, held=CTRL | SHIFT)
    assert hands.marks() == []
    assert not hands.editor.redo_button.isEnabled()


def test_that_what_was_loaded_cannot_be_undone(hands: Hands) -> None:
    hands.editor.set_value((mark(R, MarkKind.PAIN, ChestPlace.FOLD, id=7),))
    hands.press(KEY.Key_Z, held=CTRL)
    assert hands.editor.value() == (mark(R, MarkKind.PAIN, ChestPlace.FOLD, id=7),)


def test_that_a_removed_mark_comes_back_as_the_one_it_was(hands: Hands) -> None:
    """With its number in the store: it is not written anew."""
    stored = mark(R, MarkKind.PAIN, ChestPlace.FOLD, id=7)
    hands.editor.set_value((stored,))
    hands.press(KEY.Key_PageDown, KEY.Key_Delete)
    assert hands.editor.value() == ()
    hands.press(KEY.Key_Z, held=CTRL)
    assert hands.editor.value() == (stored,)


def test_that_marks_are_walked_with_her_right_first(hands: Hands) -> None:
    hands.editor.set_value((mark(L, MarkKind.LUMP, ChestPlace.FOLD), mark(R, MarkKind.PAIN, ChestPlace.FOLD)))
    said = []
    for _ in range(3):
        hands.press(KEY.Key_PageDown)
        said.append(hands.editor.status.text())
    assert said == ["RIGHT · pain, fold", "LEFT · lump, fold", "RIGHT · pain, fold"]


def test_that_a_click_places_and_a_drag_moves_in_one_step(hands: Hands) -> None:
    hands.editor.kinds.show_kind(MarkKind.LUMP)
    hands.click(hands.at(L, ChestPlace.LOWER_INNER))
    assert hands.marks() == [(L, MarkKind.LUMP, ChestPlace.LOWER_INNER)]
    hands.drag(hands.at(L, ChestPlace.LOWER_INNER), hands.at(L, ChestPlace.AXILLA))
    assert hands.marks() == [(L, MarkKind.LUMP, ChestPlace.AXILLA)]
    hands.press(KEY.Key_Z, held=CTRL)
    assert hands.marks() == [(L, MarkKind.LUMP, ChestPlace.LOWER_INNER)]
    [row] = hands.editor.value()
    assert abs(row["across_permille"] - PLACE_POINTS[ChestPlace.LOWER_INNER][0]) < 20


@pytest.mark.parametrize("side", Side)
def test_that_the_patients_right_is_on_the_left_of_the_screen(hands: Hands, side: Side) -> None:
    hands.editor.kinds.show_kind(MarkKind.PAIN)
    x = hands.canvas.width() * (0.3 if side is R else 0.7)
    hands.click(QPoint(int(x), hands.canvas.height() // 2))
    assert hands.marks()[0][0] is side


def test_that_a_mark_never_changes_sides_however_far_it_is_dragged(hands: Hands) -> None:
    hands.editor.set_value((mark(R, MarkKind.PAIN, ChestPlace.INNER),))
    hands.drag(hands.at(R, ChestPlace.INNER), hands.at(L, ChestPlace.OUTER))
    assert hands.marks() == [(R, MarkKind.PAIN, ChestPlace.MIDLINE)]
    hands.press(*[KEY.Key_Right] * 30, held=SHIFT)
    assert hands.marks() == [(R, MarkKind.PAIN, ChestPlace.MIDLINE)]


def test_that_a_drag_with_a_displacement_draws_which_way(hands: Hands) -> None:
    hands.editor.kinds.show_kind(MarkKind.DISPLACEMENT)
    start = hands.at(R, ChestPlace.UPPER_POLE)
    hands.drag(start, start + QPoint(-60, 4))
    [row] = hands.editor.value()
    assert (row["place"], row["direction"]) == (ChestPlace.UPPER_POLE, Displacement.LATERAL)


def test_that_shift_with_arrows_moves_a_mark_a_little_and_the_words_follow(hands: Hands) -> None:
    hands.editor.set_value((mark(L, MarkKind.PAIN, ChestPlace.UPPER_OUTER),))
    hands.press(KEY.Key_PageDown)
    hands.press(*[KEY.Key_Left] * 12, held=SHIFT)
    [row] = hands.editor.value()
    assert row["across_permille"] == PLACE_POINTS[ChestPlace.UPPER_OUTER][0] - 12 * 50
    assert row["place"] is ChestPlace.UPPER_POLE or row["place"] is ChestPlace.UPPER_INNER
    hands.press(KEY.Key_Z, held=CTRL)
    assert hands.marks() == [(L, MarkKind.PAIN, ChestPlace.UPPER_OUTER)]


def test_that_another_place_chosen_in_words_moves_the_drawing(hands: Hands) -> None:
    hands.editor.set_value((mark(L, MarkKind.PAIN, ChestPlace.UPPER_OUTER, across_permille=400, down_permille=-300),))
    hands.press(KEY.Key_PageDown)
    hands.qtbot.keyClicks(hands.editor.details.place.widget, "whole")
    assert hands.editor.value() == (mark(L, MarkKind.PAIN, ChestPlace.WHOLE),)


def test_that_escape_steps_back_one_thing_at_a_time(hands: Hands) -> None:
    hands.editor.kinds.show_kind(MarkKind.PAIN)
    hands.press(KEY.Key_Return)
    assert hands.canvas.chosen == 0
    hands.press(KEY.Key_Escape)
    assert hands.canvas.chosen is None
    assert hands.canvas.kind is MarkKind.PAIN
    hands.press(KEY.Key_Escape)
    assert hands.canvas.kind is None
    assert hands.editor.kinds.kind() is None


def test_that_a_length_that_cannot_be_read_is_kept_and_named(hands: Hands) -> None:
    hands.editor.set_value((mark(R, MarkKind.SCAR, ChestPlace.FOLD),))
    hands.press(KEY.Key_PageDown)
    line = hands.editor.details.length.widget
    assert isinstance(line, QLineEdit)
    hands.qtbot.keyClicks(line, "four")
    with pytest.raises(Unreadable, match="Mark 1: "):
        hands.editor.value()
    kept = hands.editor.typed()
    hands.editor.set_value(())
    hands.editor.retype(kept)
    hands.press(KEY.Key_PageDown)
    assert line.text() == "four"


def test_that_whoever_only_reads_can_walk_and_change_nothing(hands: Hands) -> None:
    hands.editor.set_value((mark(R, MarkKind.SCAR, ChestPlace.FOLD, note="old"),))
    before = hands.editor.value()
    hands.editor.set_read_only(True)
    hands.qtbot.keyClicks(hands.canvas, "p")
    hands.press(KEY.Key_PageDown, KEY.Key_Delete)
    hands.press(KEY.Key_Right, held=SHIFT)
    hands.drag(hands.at(R, ChestPlace.FOLD), hands.at(R, ChestPlace.NIPPLE))
    hands.press(KEY.Key_PageDown)
    assert hands.editor.status.text() == "RIGHT · scar, fold (old)"
    assert hands.editor.details.note.widget.isReadOnly()
    assert not hands.editor.kinds.isVisible()
    assert hands.editor.value() == before


def test_that_the_focus_and_the_place_where_one_stands_are_seen(hands: Hands) -> None:
    def picture() -> QImage:
        return hands.canvas.grab().toImage()

    with_focus = picture()
    hands.press(KEY.Key_Up)
    elsewhere = picture()
    hands.editor.kinds.setFocus()
    assert with_focus != elsewhere != picture()


def test_that_the_drawing_is_kept_as_a_draft_saved_and_opened_again(
    qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    """In its form it is a field as any other: drafts, Ctrl+S and problems come with it."""
    patient_id = add_patient()
    start = Snapshot(None, None, examination_values())
    of = DraftOf(EXAMINATION_FORM.name, "new")

    def save(session: Any, opened: Snapshot, values: Any) -> Snapshot:
        return save_examination(session, opened, values, patient_id)

    record = RecordEditor(EXAMINATION_FORM, background, only=("Chest diagram",))
    qtbot.addWidget(record)
    record.show()
    record.edit(Verbs(lambda _session: start, save), of)
    qtbot.waitUntil(background.is_idle)
    box = record.form.boxes["marks"]
    assert isinstance(box.editor, ChestEditor)
    qtbot.keyClicks(box.editor.canvas, "d")
    assert box.note.text() == "Mark 1, RIGHT displacement: say which way it is displaced, or remove the mark."
    assert "RIGHT · displacement, nipple" in box.editor.canvas.accessibleDescription()
    record.keep_draft()
    qtbot.waitUntil(background.is_idle)
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        kept = find_draft(session, of)
    assert kept is not None
    again = FormView(EXAMINATION_FORM, only=("Chest diagram",))
    qtbot.addWidget(again)
    again.restore(kept.typed)
    assert again.draft()["marks"] == record.form.draft()["marks"]
    qtbot.keyClick(box.editor.canvas, KEY.Key_Left)
    record.save()
    qtbot.waitUntil(background.is_idle)
    assert record.messages.words.text() == "Saved"
    assert record.snapshot is not None
    assert record.snapshot.id is not None
    with practice.database.unit_of_work(practice.actor, writing=False) as session:
        stored = open_examination(session, record.snapshot.id).values["marks"]
    assert EXAMINATION_FORM.field("marks").show(stored) == "RIGHT · displacement outward, nipple"
    assert not record.form.is_dirty()
