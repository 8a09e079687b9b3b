"""What can be set: the practice, who may sign in, one's own password, the look; and what this program is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import button
from desktop.ui.kit.screen import Place, Screen
from desktop.ui.kit.theme import SPACE_M, SPACE_XL, px
from desktop.ui.office.about_section import AboutSection
from desktop.ui.office.accounts_section import AccountsSection
from desktop.ui.office.look_section import LookSection
from desktop.ui.office.password_section import PasswordSection
from desktop.ui.office.practice_section import PracticeSection
from desktop.ui.office.section import OfficeSection

_LIST_WIDTH = 180


class OfficeScreen(Screen):
    renamed = Signal(str)
    """The practice has another name."""

    watches = frozenset({"account", "practice"})

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(background, parent)
        self.list = QListWidget()
        self.list.setAccessibleName("Settings")
        self.list.setObjectName("sections")
        self.list.setFixedWidth(px(_LIST_WIDTH))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        self.practice = PracticeSection(background)
        self.accounts = AccountsSection(background)
        self.password = PasswordSection(background)
        self.look = LookSection(background)
        self.about = AboutSection(background)
        for label, section in (
            ("Practice", self.practice),
            ("Accounts", self.accounts),
            ("My password", self.password),
            ("Look", self.look),
            ("About", self.about),
        ):
            self.add_section(label, section)
        self.practice.renamed.connect(self.renamed)
        self.sign_out = button("Sign out", icon="sign_out")
        self.sign_out.setObjectName("sign_out")
        self.sign_out.clicked.connect(lambda: self.went.emit(Place("sign_out")))
        side = QVBoxLayout()
        side.setSpacing(px(SPACE_M))
        side.addWidget(self.list, 1)
        side.addWidget(self.sign_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACE_XL))
        row.addLayout(side)
        row.addWidget(self._stack, 1)
        self.list.currentRowChanged.connect(self._open)
        self.list.setCurrentRow(0)

    def add_section(self, label: str, section: OfficeSection) -> None:
        item = QListWidgetItem(label)
        item.setSizeHint(QSize(0, px(36)))
        self.list.addItem(item)
        self._stack.addWidget(section)

    def open_section(self, section: OfficeSection) -> None:
        self.list.setCurrentRow(self._stack.indexOf(section))

    @override
    def refresh(self) -> None:
        self._section().refresh()

    @override
    def keep_drafts(self) -> None:
        self.practice.keep_drafts()

    def _open(self, at: int) -> None:
        self._section().keep_drafts()
        self._stack.setCurrentIndex(at)
        self._section().refresh()

    def _section(self) -> OfficeSection:
        section = self._stack.currentWidget()
        assert isinstance(section, OfficeSection)
        return section
