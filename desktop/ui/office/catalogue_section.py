"""The catalogue of devices: what is in it, how sure that is, the practice's own products, and a newer edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.errors import UserError
from desktop.rules.dates import show_date
from desktop.rules.permission import Verb, may
from desktop.services.catalogue import (
    CatalogueRefused,
    EditionInUse,
    OlderEdition,
    export_edition,
    import_edition,
    read_catalogue_page,
    retire_product,
    use_shipped_edition,
)
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.tables import ListTable, PagedModel
from desktop.ui.kit.text import Text
from desktop.ui.kit.theme import SPACE_M, SPACE_S, px
from desktop.ui.office.catalogue_files import ask_file_to_read, ask_file_to_write, read_file, write_file
from desktop.ui.office.catalogue_rows import ALL, COLUMNS, Row, fetch_rows
from desktop.ui.office.product_page import ProductPage
from desktop.ui.office.section import OfficeSection

_FILE_NAME = "devices.toml"


class CatalogueSection(OfficeSection):
    """`choose_file` and `choose_place` ask a person for a file; a test answers for one."""

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self._may_edit = may(background.actor.roles, Verb.EDIT_CATALOGUE)
        self.choose_file: Callable[[QWidget | None], str] = ask_file_to_read
        self.choose_place: Callable[[str, QWidget | None], str] = ask_file_to_write
        self.model = PagedModel(COLUMNS, background, fetch_rows, ALL, self)
        self.table = ListTable(self.model, COLUMNS)
        self.table.setAccessibleName("Catalogue of devices. Enter opens a product of your own")
        self.product = ProductPage(background)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._list_page())
        self.pages.addWidget(self.product)
        self.column.addWidget(self.pages, 1)
        self.column.addWidget(self.messages)
        self.search.textChanged.connect(self.model.search)
        self.search.returnPressed.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.search.installEventFilter(self)
        self.table.opened.connect(lambda _row: self.open_product())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_about())
        self.model.loaded.connect(self._show_about)
        self.product.left.connect(self._show_list)
        self.product.retire_asked.connect(self._retire)

    @override
    def refresh(self) -> None:
        self.model.refresh()
        self.background.read(self, read_catalogue_page, done=lambda page: self._show_edition(page.edition))

    @override
    def keep_drafts(self) -> None:
        self.product.keep_drafts()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the line one goes down into the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def add_product(self) -> None:
        self._show_product(None)

    def open_product(self) -> None:
        """One of the practice's own; the list's own entries are not changed, a product of that name stands before."""
        row = self._chosen()
        if row is not None and row.entry.product_id is not None and self._may_edit:
            self._show_product(row.entry.product_id, row.is_retired)

    def import_file(self) -> None:
        chosen = self.choose_file(self)
        if not chosen:
            return
        try:
            self._import(read_file(Path(chosen)))
        except UserError as error:
            self.messages.refuse(str(error))

    def export_file(self) -> None:
        chosen = self.choose_place(_FILE_NAME, self)
        if chosen:
            self.background.run(
                self, export_edition, done=lambda text: self._write(Path(chosen), text), failed=self.say_problem
            )

    def _import(self, file: bytes, older_is_meant: bool = False) -> None:
        self.background.run(
            self,
            import_edition,
            file,
            older_is_meant,
            done=self._on_imported,
            failed=lambda error: self._on_not_imported(error, file),
        )

    def _on_imported(self, edition: EditionInUse) -> None:
        self.messages.say(f"“{edition.name}” of {show_date(edition.as_of)} is in use now.")
        self.refresh()

    def _on_not_imported(self, error: Exception, file: bytes) -> None:
        if isinstance(error, OlderEdition):
            again = ("Import it all the same", lambda: self._import(file, older_is_meant=True))
            self.messages.refuse(str(error), actions=(again,))
        elif isinstance(error, CatalogueRefused):
            self.messages.refuse(error.what, "\n".join(error.told))
        else:
            self.say_problem(error)

    def _use_shipped(self) -> None:
        self.background.run(self, use_shipped_edition, done=self._on_imported, failed=self.say_problem)

    def _write(self, path: Path, text: str) -> None:
        try:
            written = write_file(path, text)
        except UserError as error:
            self.messages.refuse(str(error))
        else:
            self.messages.say(f"The catalogue was written to {written.name}.")

    def _retire(self, product_id: int, retired: bool) -> None:
        words = "It is offered no more." if retired else "It is offered again."
        self.background.run(
            self,
            retire_product,
            product_id,
            retired,
            done=lambda _none: self._on_retired(words),
            failed=self.say_problem,
        )

    def _on_retired(self, words: str) -> None:
        self.product.leave()
        self.messages.say(words)

    def _show_product(self, product_id: int | None, is_retired: bool = False) -> None:
        self.messages.clear()
        self.pages.setCurrentWidget(self.product)
        self.product.open(product_id, is_retired)

    def _show_list(self) -> None:
        self.pages.setCurrentIndex(0)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_edition(self, edition: EditionInUse) -> None:
        came = "came with Reprise"
        if edition.kept_by is not None and edition.kept_at is not None:
            came = f"imported by {edition.kept_by} on {show_date(edition.kept_at.astimezone().date())}"
        self.edition.setText(f"{edition.name}, as of {show_date(edition.as_of)} · {came}")
        newer = edition.newer_shipped
        self.newer_button.setVisible(newer is not None and self._may_edit)
        if newer is not None:
            self.newer_button.setText(f"Use the newer list of {show_date(newer)} that came with Reprise")
            self.newer_button.setAccessibleName(self.newer_button.text())

    def _chosen(self) -> Row | None:
        at = self.table.currentIndex()
        row: Row | None = self.model.row(at.row()) if at.isValid() else None
        return row

    def _show_about(self) -> None:
        row = self._chosen()
        count = self.model.rowCount()
        nothing = "Nothing of this name. What the catalogue does not know is typed by hand."
        self.about.setText(row.about if row else "" if count else nothing)
        own = row is not None and row.entry.product_id is not None
        self.open_button.setEnabled(own)

    def _list_page(self) -> QWidget:
        self.edition = Text("", "muted", wrap=True)
        self.newer_button = button("")
        self.newer_button.hide()
        self.newer_button.clicked.connect(self._use_shipped)
        self.import_button = button("Import …")
        self.import_button.setAccessibleName("Import a catalogue")
        self.export_button = button("Export …")
        self.export_button.setAccessibleName("Export the catalogue")
        head = QHBoxLayout()
        head.setSpacing(px(SPACE_S))
        head.addWidget(self.edition, 1)
        head.addWidget(self.newer_button)
        self.search = QLineEdit()
        self.search.setObjectName("catalogue_search")
        self.search.setPlaceholderText("Maker, former name, line, style, number or surface")
        self.search.setAccessibleName("Search the catalogue")
        self.search.setClearButtonEnabled(True)
        self.about = Text("", "muted", wrap=True)
        self.about.setMinimumHeight(px(70))  # four lines, so that the list does not jump while it is walked
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.add_button = button("Add a product", primary=True, shortcut="Ctrl+D")
        self.open_button = button("Change  (Enter)")
        self.open_button.setAccessibleName("Change")
        for each in (self.import_button, self.export_button, self.open_button, self.add_button):
            head.addWidget(each)
            each.setVisible(self._may_edit or each is self.export_button)
        self.add_button.clicked.connect(self.add_product)
        self.open_button.clicked.connect(self.open_product)
        self.import_button.clicked.connect(self.import_file)
        self.export_button.clicked.connect(self.export_file)
        card = Card()
        for line in (head, self.search):
            card.add(line)
        card.add(self.table, 1)
        card.add(self.about)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        column.addWidget(card, 1)
        return page
