"""What the palette shows of an answer, and what it offers beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.services.patient import open_file
from desktop.services.search import PatientRow
from desktop.ui.kit.background import Background
from desktop.ui.kit.palette import Result
from desktop.ui.kit.screen import Place
from desktop.ui.main_window import MainWindow
from desktop.ui.patient.finding import ask_palette, palette_results

MAEVE = PatientRow(
    id=3,
    list_name="O'Brien, Maeve",
    former_name="Sato",
    birth_date=dt.date(1981, 2, 3),
    record_number="000 003",
    phone="555-0181",
    open_today="Recovery day 3",
    why="name",
)
COMMANDS = (
    Result("do:register", "Register a new patient", "Ctrl+N", group="DO"),
    Result("do:lock", "Lock", group="DO"),
)


@pytest.mark.parametrize(
    ("why", "detail"),
    [
        ("name", "formerly Sato · born 3 Feb 1981 · 555-0181 · record 000 003"),
        ("former name Sato", "former name Sato · born 3 Feb 1981 · 555-0181 · record 000 003"),
        (
            "born 3 Feb 1981 (read as day/month)",
            "born 3 Feb 1981 (read as day/month) · formerly Sato · 555-0181 · record 000 003",
        ),
        ("record 000 003", "record 000 003 · formerly Sato · born 3 Feb 1981 · 555-0181"),
        ("phone …0181", "phone …0181 · formerly Sato · born 3 Feb 1981 · 555-0181 · record 000 003"),
    ],
)
def test_that_a_result_says_why_first_and_nothing_twice(why: str, detail: str) -> None:
    (result, *_commands) = palette_results([MAEVE._replace(why=why)], "x", COMMANDS)
    assert (result.title, result.detail, result.pill) == ("O'Brien, Maeve", detail, "Recovery day 3")


def test_that_who_only_sounds_like_it_stands_in_a_group_of_its_own() -> None:
    rows = [MAEVE, MAEVE._replace(id=4, sounds_like=True)]
    groups = [result.group for result in palette_results(rows, "obrian", COMMANDS)]
    assert groups == ["PATIENTS", "SOUNDS LIKE", "DO"]


def test_that_an_empty_line_shows_the_recent_ones_and_then_every_command() -> None:
    results = palette_results([MAEVE], " ", COMMANDS)
    assert [(result.group, result.key) for result in results] == [
        ("RECENT", "patient:3"), ("DO", "do:register"), ("DO", "do:lock"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "named"),
    [("Zanetti", "Zanetti"), ("obri 81", "obri"), ("王 小明", "王 小明"), ("0142", None), ("3/2/81", None),
     ("this week", None), ("Nov 23", None), ("- -", None)],
)  # fmt: skip
def test_that_a_name_can_be_registered_and_a_date_or_number_cannot(text: str, named: str | None) -> None:
    offered = [result.key for result in palette_results([], text, ())]
    assert offered == ([f"register:{named}"] if named else [])


@pytest.fixture
def window(qtbot: QtBot, background: Background) -> MainWindow:
    made = MainWindow(background, "Harbour Plastic Surgery")
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window._background.is_idle)


class TakesEveryKey(QLineEdit):
    """As text fields do on some platforms with Ctrl+K, where it deletes to the end of the line."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


def test_that_ctrl_k_opens_the_palette_also_where_a_field_would_take_the_key(qtbot: QtBot, window: MainWindow) -> None:
    field = TakesEveryKey(window)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "half a sentence")
    qtbot.keyClick(field, Qt.Key.Key_Home)
    qtbot.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.palette_box.isVisible)
    assert field.text() == "half a sentence"
    qtbot.keyClick(window.palette_box.line, Qt.Key.Key_Escape)
    assert field.hasFocus()
    settle(qtbot, window)


def test_that_every_other_key_is_left_to_the_field(qtbot: QtBot, window: MainWindow) -> None:
    acted: list[bool] = []
    QShortcut(QKeySequence("Ctrl+J"), window).activated.connect(lambda: acted.append(True))
    field = TakesEveryKey(window)
    field.show()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert acted == []


def test_that_the_recent_one_is_opened_with_two_keys(
    qtbot: QtBot, window: MainWindow, background: Background, add_patient: Callable[..., int]
) -> None:
    add_patient(family_name="Adams")
    background.run(window, open_file, add_patient(family_name="Baker"))
    settle(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.palette_box.isVisible)
    settle(qtbot, window)
    qtbot.keyClick(window.palette_box.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.file.header is not None)
    assert window.file.banner.name.text() == "Rosalind Baker"
    settle(qtbot, window)


def test_that_fast_fingers_end_at_the_answer_to_the_last_key(
    qtbot: QtBot, window: MainWindow, add_patient: Callable[..., int]
) -> None:
    for name in ("Okafor", "Okonkwo", "Ohara"):
        add_patient(family_name=name)
    window.go(Place("patients"))
    window.palette_box.open()
    qtbot.keyClicks(window.palette_box.line, "okon")
    settle(qtbot, window)
    current = window.palette_box.current()
    assert current is not None
    assert current.title == "Okonkwo, Rosalind"
    assert not window.messages.isVisible()


def test_that_a_blank_question_asks_for_the_recent_ones(
    qtbot: QtBot, background: Background, add_patient: Callable[..., int]
) -> None:
    opened = add_patient(family_name="Adams")
    add_patient(family_name="Baker")
    answers: list[tuple[PatientRow, ...]] = []
    background.run(background, open_file, opened)
    for text in (" ", "bak"):
        background.read(background, ask_palette, text, done=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert [[row.list_name for row in rows] for rows in answers] == [["Adams, Rosalind"], ["Baker, Rosalind"]]
