"""Anyone and anything is found without the mouse, and no stale answer is ever shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.palette import Palette, Result
from desktop.ui.kit.palette_rows import match_spans

MAEVE = Result(1, "O’Brien, Maeve", "born 3 Feb 1981", pill="call due", tone="warning")
KEIKO = Result(2, "O’Brien-Sato, Keiko", "born 17 Sep 1981")
NEW = Result("new", "Register a new patient named “obri”", "Ctrl+N", "DO")


class Asked:
    """What the palette asked, with its tickets."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, int]] = []

    def __call__(self, text: str, ticket: int) -> None:
        self.questions.append((text, ticket))

    @property
    def ticket(self) -> int:
        return self.questions[-1][1]


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def palette(qtbot: QtBot, asked: Asked) -> Palette:
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    made = Palette(window, asked)
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    return made


@pytest.fixture
def answered(palette: Palette, asked: Asked) -> Palette:
    palette.open("obri 81")
    palette.show_results(asked.ticket, [MAEVE, KEIKO, NEW])
    return palette


def test_that_every_key_asks_with_a_new_ticket(palette: Palette, asked: Asked, qtbot: QtBot) -> None:
    palette.open()
    qtbot.keyClicks(palette.line, "ob")
    assert [text for text, _ticket in asked.questions] == ["", "o", "ob"]
    assert len({ticket for _text, ticket in asked.questions}) == 3


def test_that_a_letter_typed_before_opening_is_not_lost(palette: Palette, asked: Asked) -> None:
    palette.open("o")
    assert asked.questions[-1][0] == palette.line.text() == "o"


def test_that_an_answer_to_an_older_question_is_dropped(palette: Palette, asked: Asked, qtbot: QtBot) -> None:
    palette.open("o")
    old = asked.ticket
    qtbot.keyClicks(palette.line, "b")
    palette.show_results(asked.ticket, [KEIKO])
    palette.show_results(old, [MAEVE])
    assert palette.current() == KEIKO


def test_that_arrows_pass_over_headings_and_stop_at_the_ends(answered: Palette, qtbot: QtBot) -> None:
    assert answered.current() == MAEVE
    for _ in range(5):
        qtbot.keyClick(answered.line, Qt.Key.Key_Down)
    assert answered.current() == NEW
    qtbot.keyClick(answered.line, Qt.Key.Key_Up)
    assert answered.current() == KEIKO


@pytest.mark.parametrize(
    ("modifier", "alternative"), [(Qt.KeyboardModifier.NoModifier, False), (Qt.KeyboardModifier.ControlModifier, True)]
)
def test_that_enter_chooses_and_closes(
    answered: Palette, qtbot: QtBot, modifier: Qt.KeyboardModifier, alternative: bool
) -> None:
    qtbot.keyClick(answered.line, Qt.Key.Key_Down)
    with qtbot.waitSignal(answered.chosen) as told:
        qtbot.keyClick(answered.line, Qt.Key.Key_Return, modifier)
    assert told.args == [2, alternative]
    assert not answered.isVisible()


def test_that_enter_without_an_answer_does_nothing(palette: Palette, asked: Asked, qtbot: QtBot) -> None:
    palette.open("zzz")
    palette.show_results(asked.ticket, [])
    with qtbot.assertNotEmitted(palette.chosen):
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.nothing.isVisible()
    assert "zzz" in palette.nothing.text()


def test_that_escape_gives_the_focus_back(answered: Palette, qtbot: QtBot) -> None:
    field = answered.window().findChildren(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly)[0]
    assert answered.line.hasFocus()
    qtbot.keyClick(answered.line, Qt.Key.Key_Escape)
    assert not answered.isVisible()
    assert field.hasFocus()


def test_that_a_click_beside_the_panel_closes(answered: Palette, qtbot: QtBot) -> None:
    with qtbot.waitSignal(answered.closed):
        qtbot.mouseClick(answered, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def test_that_no_shortcut_underneath_acts_while_it_is_open(answered: Palette, qtbot: QtBot) -> None:
    acted: list[bool] = []
    QShortcut(QKeySequence("Ctrl+S"), answered.window()).activated.connect(lambda: acted.append(True))
    qtbot.keyClick(answered.line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert acted == []


def test_that_tab_stays_in_the_palette(answered: Palette, qtbot: QtBot) -> None:
    qtbot.keyClick(answered.line, Qt.Key.Key_Tab)
    assert answered.line.hasFocus()


def test_that_the_chosen_answer_is_told_to_a_screen_reader(answered: Palette) -> None:
    assert answered.line.accessibleDescription() == "O’Brien, Maeve, born 3 Feb 1981, call due"


def test_that_it_covers_its_window_also_after_a_resize(answered: Palette, qtbot: QtBot) -> None:
    answered.window().resize(900, 500)
    qtbot.waitUntil(lambda: answered.size() == answered.window().size())
    assert answered.rect().contains(answered.panel.geometry())


def bold(text: str, query: str) -> list[str]:
    return [text[start : start + length] for start, length in match_spans(text, query)]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("O’Brien, Maeve", "obri", ["O’Bri"]),
        ("born 3 Feb 1981", "81", ["81"]),
        ("Señora Núñez", "nun", ["Núñ"]),
        ("Straße", "strass", ["Straß"]),
        ("Okafor", "for", []),
        ("555-0181", "0181 555", ["555", "0181"]),
        ("<b>Bobby</b>", "b", ["b", "B", "b"]),
        ("anything", "", []),
        ("anything", "’", []),
        ("山田 花子", "花", ["花"]),
    ],
)
def test_that_the_letters_that_match_are_found(text: str, query: str, expected: list[str]) -> None:
    assert bold(text, query) == expected


def test_that_letters_inside_a_word_of_a_name_are_found_from_three_on() -> None:
    assert match_spans("Okafor, Rosalind", "kaf sal", inside=True) == [(1, 3), (10, 3)]
    assert match_spans("Okafor, Rosalind", "ka ro", inside=True) == [(8, 2)]


def test_that_markup_in_an_answer_is_painted_and_not_obeyed(palette: Palette, asked: Asked, qtbot: QtBot) -> None:
    palette.open("x")
    palette.show_results(asked.ticket, [Result(1, "<h1>Bobby</h1>", "<img src=x>\nsecond line", pill="<b>x</b>")])
    assert not palette.list.grab().isNull()
    assert palette.current() is not None


def test_that_enter_waits_for_the_answer_to_what_stands_in_the_line(
    palette: Palette, asked: Asked, qtbot: QtBot
) -> None:
    palette.open()
    palette.show_results(asked.ticket, [MAEVE])
    qtbot.keyClicks(palette.line, "sato")
    chosen: list[object] = []
    palette.chosen.connect(lambda key, _held: chosen.append(key))
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert chosen == []
    palette.show_results(asked.ticket, [KEIKO])
    assert chosen == [2]


def test_that_typing_on_takes_an_early_enter_back(palette: Palette, asked: Asked, qtbot: QtBot) -> None:
    palette.open("sat")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.keyClicks(palette.line, "o")
    palette.show_results(asked.ticket, [KEIKO])
    assert palette.isVisible()
