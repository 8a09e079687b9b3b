"""What can be set: practice, accounts, one's own password, the look, catalogue and codes; and what this program is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.cards import Divider
from desktop.ui.kit.page_heading import PageHeading
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.shell import TabRow
from desktop.ui.kit.theme import SPACE_M, px
from desktop.ui.office.about_section import AboutSection
from desktop.ui.office.accounts_section import AccountsSection
from desktop.ui.office.catalogue_section import CatalogueSection
from desktop.ui.office.codes_section import CodesSection
from desktop.ui.office.look_section import LookSection
from desktop.ui.office.password_section import PasswordSection
from desktop.ui.office.practice_section import PracticeSection
from desktop.ui.office.section import OfficeSection

SECTIONS = (
    ("practice", "Practice"),
    ("accounts", "Accounts"),
    ("password", "My password"),
    ("look", "Look"),
    ("catalogue", "Catalogue"),
    ("codes", "Diagnosis codes"),
    ("about", "About"),
)


class OfficeScreen(Screen):
    renamed = Signal(str)
    """The practice has another name."""

    watches = frozenset({"account", "catalogue_edition", "catalogue_product", "diagnosis_code", "practice"})

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self.heading = PageHeading("Settings")
        self.sign_out = button("Sign out", icon="sign_out")
        self.sign_out.setObjectName("sign_out")
        self.sign_out.clicked.connect(lambda: self.went.emit(Place("sign_out")))
        self.heading.add_action(self.sign_out)
        self.tabs = TabRow(SECTIONS)
        self.tabs.setAccessibleName("Parts of the settings")
        self.practice = PracticeSection(background)
        self.accounts = AccountsSection(background)
        self.password = PasswordSection(background)
        self.look = LookSection(background)
        self.catalogue = CatalogueSection(background)
        self.codes = CodesSection(background)
        self.about = AboutSection(background)
        self._sections: dict[str, OfficeSection] = {
            "practice": self.practice,
            "accounts": self.accounts,
            "password": self.password,
            "look": self.look,
            "catalogue": self.catalogue,
            "codes": self.codes,
            "about": self.about,
        }
        self._stack = QStackedWidget()
        for section in self._sections.values():
            self._stack.addWidget(section)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SPACE_M))
        for each in (self.heading, self.tabs, Divider()):
            column.addWidget(each)
        column.addWidget(self._stack, 1)
        self.practice.renamed.connect(self.renamed)
        self.tabs.chosen.connect(self.open_section)

    def open_section(self, key: str) -> None:
        """One of the keys of `SECTIONS`; what was being typed elsewhere is kept as a draft."""
        self.keep_drafts()
        self.tabs.select(key)
        self._stack.setCurrentWidget(self._sections[key])
        self.refresh()

    @override
    def refresh(self) -> None:
        self._sections[self.tabs.selected()].refresh()

    @override
    def keep_drafts(self) -> None:
        for section in self._sections.values():
            section.keep_drafts()
