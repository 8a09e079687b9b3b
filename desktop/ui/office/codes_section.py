"""The diagnosis codes in the settings: looked through, replaced from a file, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.rules.dates import show_date
from desktop.rules.diagnosis_code import Code, CodeTable
from desktop.rules.permission import Verb, may
from desktop.services.diagnosis_code import import_codes, read_codes, use_shipped_codes
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.tables import Column, ListTable, RowsModel
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_S, px
from desktop.ui.office.catalogue_files import ask_file_to_read, read_file
from desktop.ui.office.section import OfficeSection

ABOUT: Final = (
    "Offered in the assessment of a case and checked against the day of surgery. A code that was chosen for a case "
    "stays as it was chosen. A new list puts its codes in the place of those with the same letters."
)


def _validity(code: Code) -> str:
    since = f"from {show_date(code.valid_from)}" if code.valid_from else ""
    until = f"until {show_date(code.valid_to)}" if code.valid_to else ""
    return " ".join(filter(None, (since, until)))


COLUMNS: Final = (
    Column("Code", lambda code: code.code, 110),
    Column("Diagnosis", lambda code: code.text),
    Column("Valid", _validity, 190),
    Column("Edition", lambda code: code.edition, 210),
)


class CodesSection(OfficeSection):
    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.choose_file: Callable[[QWidget], str] = lambda parent: ask_file_to_read(
            parent, "Import diagnosis codes", "Diagnosis codes (*.toml)"
        )
        self._codes: tuple[Code, ...] = ()
        self.edition = Text("", "muted", wrap=True)
        self.import_button = button("Import …")
        self.import_button.setAccessibleName("Import diagnosis codes")
        self.import_button.clicked.connect(self.import_file)
        self.shipped_button = button("Use the list that came with Reprise")
        self.shipped_button.clicked.connect(self._use_shipped)
        self.search = QLineEdit()
        self.search.setObjectName("codes_search")
        self.search.setPlaceholderText("Letters of a code, or words")
        self.search.setAccessibleName("Search the diagnosis codes")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show_found)
        self.model = RowsModel(COLUMNS, self)
        self.table = ListTable(self.model, COLUMNS)
        self.table.setAccessibleName("Diagnosis codes")
        may_edit = may(background.actor.roles, Verb.EDIT_PRACTICE)
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_S))
        head.addWidget(self.edition, 1)
        for each in (self.shipped_button, self.import_button):
            head.addWidget(each)
            each.setVisible(may_edit)
        card = Card()
        card.add(head)
        card.add(self.search)
        card.add(self.table, 1)
        card.add(Text(ABOUT, "muted", wrap=True))
        self.column.addWidget(card, 1)
        self.column.addWidget(self.messages)

    @override
    def refresh(self) -> None:
        self.background.read(self, read_codes, done=self._show, failed=self.say_problem)

    def import_file(self) -> None:
        chosen = self.choose_file(self)
        if not chosen:
            return
        try:
            file = read_file(Path(chosen), "a list of diagnosis codes")
        except UserError as error:
            self.messages.refuse(str(error))
            return
        self.background.run(self, import_codes, file, done=self._on_changed, failed=self.say_problem)

    def _use_shipped(self) -> None:
        self.background.run(self, use_shipped_codes, done=self._on_changed, failed=self.say_problem)

    def _on_changed(self, table: CodeTable) -> None:
        self._show(table)
        editions = ", ".join(dict.fromkeys(code.edition for code in table.codes))
        self.messages.say(f"In use now: {editions}.")

    def _show(self, table: CodeTable) -> None:
        self._codes = table.codes
        editions = dict.fromkeys(code.edition for code in table.codes)
        self.edition.setText(f"{len(table.codes)} codes · {' · '.join(editions)}")
        self._show_found()

    def _show_found(self) -> None:
        words = self.search.text().casefold().split()
        spelled = ((code, f"{code.code} {code.code.replace('.', '')} {code.text}".casefold()) for code in self._codes)
        self.model.show_rows([code for code, text in spelled if all(word in text for word in words)])
