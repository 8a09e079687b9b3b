"""Step 3: the recovery sheet is printed, and its code typed back to prove that somebody has it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.documents.recovery_sheet import render_recovery_sheet
from desktop.errors import UserError
from desktop.models.choices import PaperSize
from desktop.ui.kit.account_form import focus
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card, SunkenBox
from desktop.ui.kit.clock import today
from desktop.ui.kit.entry import LineEntry
from desktop.ui.kit.printing import ask_file, ask_printer, print_pdf, save_pdf
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_L, SPACE_S, font, px
from desktop.ui.set_up.step import Step

_WHY = (
    "If a password is forgotten, this code is the only other way to the records. Print it, keep the sheet where you "
    "keep what must not be lost, and not beside this computer. It is shown this once and stored nowhere."
)
_PROVE = "Now take the sheet in your hand and type its code. This proves that it can be read when it is needed."
_HINT = "Capitals, blanks and dashes do not matter."
_OTHER = "This is a recovery code, but not the one on the sheet that was just made. Take the latest sheet."
_DELETE = "Print it, then delete the file: who has it can open the records."
_IN_A_LINE = 4


class RecoveryStep(Step):
    """Two pages: the code, and without it in sight the line where it is typed back."""

    def __init__(self) -> None:
        super().__init__("Recovery sheet", _WHY)
        self.proves: Callable[[str], bool] | None = None
        self.choose_printer, self.choose_file = ask_printer, ask_file
        self.code = ""
        self._practice_name = ""
        self._paper_size = PaperSize.LETTER
        self._language = "en"
        self._pages = QStackedWidget()
        self._pages.addWidget(self._sheet_page())
        self._pages.addWidget(self._prove_page())
        self.body.addWidget(self._pages, 1)

    def show_code(self, code: str, practice_name: str, paper_size: PaperSize, language: str) -> None:
        self._practice_name, self._paper_size, self._language = practice_name, paper_size, language
        if code != self.code:
            self.typed.set_words("")
        self.code = code
        groups = code.split("-")
        while (item := self._groups.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for at, group in enumerate(groups):
            words = Text(group, "title", tabular=True)
            words.setFont(font("title", tabular=True))
            words.setAccessibleName(f"Group {at + 1}: {' '.join(group)}")
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._groups.addWidget(words, at // _IN_A_LINE, at % _IN_A_LINE)
        self._done("")
        self.open_sheet()

    def open_sheet(self) -> None:
        self._pages.setCurrentIndex(0)
        self.words.setText(_WHY)
        focus(self.print)

    def is_proving(self) -> bool:
        return self._pages.currentIndex() == 1

    @override
    def is_complete(self) -> bool:
        if not self.is_proving():
            self._pages.setCurrentIndex(1)
            self.words.setText(_PROVE)
            focus(self.typed)
            return False
        problem = self._problem()
        self.typed.show_problem(problem)
        if problem:
            focus(self.typed)
        return not problem

    @override
    def focus_first(self) -> None:
        focus(self.typed if self.is_proving() else self.print)

    def _problem(self) -> str:
        if not self.typed.words():
            return "Type the code that is printed on the sheet."
        assert self.proves is not None, "the sheet is shown only after the keys were made"
        try:
            return "" if self.proves(self.typed.words()) else _OTHER
        except UserError as error:
            return str(error)

    def _sheet_page(self) -> QWidget:
        self._groups = QGridLayout()
        self._groups.setHorizontalSpacing(px(SPACE_L))
        self._groups.setVerticalSpacing(px(SPACE_S))
        box = SunkenBox()
        box.setAccessibleName("Recovery code")
        box.body.addLayout(self._groups)
        self.print = button("Print …", icon="print", shortcut="Ctrl+P")
        self.save = button("Save as PDF …", icon="save", shortcut="Ctrl+S")
        self.print.clicked.connect(lambda: self._put_out(self._print_sheet))
        self.save.clicked.connect(lambda: self._put_out(self._save_sheet))
        self.message = Text("", "muted", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(px(SPACE_S))
        line.addWidget(self.print)
        line.addWidget(self.save)
        line.addWidget(self.message, 1)
        card = Card("The code")
        card.add(box)
        card.add(line)
        return _at_top(card)

    def _prove_page(self) -> QWidget:
        self.typed = LineEntry("typed_code", "The code on the sheet", _HINT)
        self.typed.line.returnPressed.connect(self.entered)
        again = button("Show the code again")
        again.clicked.connect(self.open_sheet)
        card = Card("Type it back")
        card.add(self.typed)
        line = QHBoxLayout()
        line.addWidget(again)
        line.addStretch(1)
        card.add(line)
        return _at_top(card)

    def _put_out(self, how: Callable[[bytes], str]) -> None:
        try:
            sheet = render_recovery_sheet(self._practice_name, self.code, today(), self._paper_size, self._language)
            self._done(how(sheet))
        except UserError as error:
            self._done(str(error), "danger")

    def _print_sheet(self, sheet: bytes) -> str:
        printed = print_pdf(sheet, self, title="Recovery sheet", choose=self.choose_printer)
        return "Handed to the printer. Look at the sheet before you go on." if printed else ""

    def _save_sheet(self, sheet: bytes) -> str:
        saved = save_pdf(sheet, "Recovery sheet.pdf", self, choose=self.choose_file)
        return f"Saved as {saved.name}. {_DELETE}" if saved else ""

    def _done(self, words: str, tone: str = "muted") -> None:
        self.message.setText(words)
        self.message.set_tone(tone)


def _at_top(card: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    return page
