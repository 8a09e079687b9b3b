"""How Qt's own widgets are dressed: one small style sheet, chosen by dynamic properties (`kind`, `tone`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_SHEET = """
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {line}; padding: {p4}px; }}

QLabel[tone="muted"] {{ color: {muted}; }}
QLabel[tone="accent"] {{ color: {accent}; }}
QLabel[tone="danger"] {{ color: {danger}; }}
QLabel[tone="warning"] {{ color: {warning}; }}
QLabel[tone="good"] {{ color: {good}; }}
QLabel[tone="right"] {{ color: {right}; }}
QLabel[tone="left"] {{ color: {left}; }}
QLabel[tone="rail"] {{ color: {rail_text}; }}
QLabel[tone="rail_selected"] {{ color: {rail_text_selected}; }}

QFrame[kind="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: {r12}px; }}
QFrame[kind="sunken"] {{ background: {sunken}; border: none; border-radius: {r8}px; }}
QFrame[kind="divider"] {{ background: {line}; border: none; }}
QFrame[kind="rail"] {{ background: {rail}; border: none; }}
QFrame[kind="message"] {{ background: transparent; border: 1px solid transparent; border-radius: {r8}px; }}
QFrame[kind="message"][tone="danger"] {{ background: {danger_soft}; border-color: {danger}; }}

QPushButton {{ background: {surface}; color: {text}; border: 1px solid {line}; border-radius: {r8}px;
    padding: {p7}px {p14}px; outline: none; }}
QPushButton:hover {{ background: {sunken}; }}
QPushButton:pressed {{ background: {accent_soft}; }}
QPushButton:disabled {{ color: {faint}; background: {sunken}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ border-color: {text}; }}
QPushButton[kind="primary"]:disabled {{ background: {sunken}; color: {faint}; border-color: {line}; }}
QPushButton[kind="danger"] {{ color: {danger}; border-color: {danger}; }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; padding: {p5}px; }}
QPushButton[kind="quiet"]:hover {{ background: {sunken}; }}
QPushButton[kind="link"] {{ background: transparent; color: {accent}; border: none; padding: 0 {p4}px; }}
QPushButton[kind="rail"] {{ background: transparent; color: {rail_text}; border: none; text-align: left;
    padding: {p10}px {p14}px; }}
QPushButton[kind="rail"]:hover {{ color: {rail_text_selected}; }}
QPushButton[kind="rail"]:checked {{ background: {rail_selected}; color: {rail_text_selected}; }}
QPushButton[kind="search"] {{ text-align: left; color: {muted}; }}
QPushButton[kind="toggle"] {{ color: {muted}; padding: {p7}px 0; }}
QPushButton[kind="toggle"]:checked {{ background: {accent_soft}; color: {accent}; border-color: {accent}; }}
QPushButton[segment] {{ border-radius: 0; padding: {p6}px {p11}px; margin-left: -1px; }}
QPushButton[segment]:checked {{ background: {accent_soft}; color: {accent}; }}
QPushButton[segment="first"] {{ border-top-left-radius: {r8}px; border-bottom-left-radius: {r8}px; margin-left: 0; }}
QPushButton[segment="last"] {{ border-top-right-radius: {r8}px; border-bottom-right-radius: {r8}px; }}
QPushButton[segment="only"] {{ border-radius: {r8}px; margin-left: 0; }}

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {{ background: {surface}; color: {text};
    border: 1px solid {line}; border-radius: {r8}px; padding: {p7}px {p12}px;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{
    border: 2px solid {accent}; padding: {p6}px {p11}px; }}
QLineEdit[tone="danger"], QPlainTextEdit[tone="danger"], QAbstractSpinBox[tone="danger"], QComboBox[tone="danger"] {{
    border-color: {danger}; }}
QLineEdit[tone="prefilled"], QPlainTextEdit[tone="prefilled"], QComboBox[tone="prefilled"] {{
    border: 1px dashed {warning}; }}
QLineEdit[tone="prefilled"]:focus, QPlainTextEdit[tone="prefilled"]:focus, QComboBox[tone="prefilled"]:focus {{
    border: 2px dashed {accent}; }}
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QComboBox:disabled {{ background: {sunken}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled,
QLineEdit[kind="unknown"], QComboBox[kind="unknown"] {{ background: {sunken}; color: {muted}; }}
QLineEdit[kind="unknown"], QComboBox[kind="unknown"] {{ font-style: italic; placeholder-text-color: {muted}; }}
QLineEdit[kind="bare"] {{ border: none; background: transparent; padding: 0; }}
QComboBox::drop-down {{ border: none; width: {p28}px; }}
QComboBox::down-arrow {{ width: 0; height: 0; border-left: {p4}px solid {surface}; border-right: {p4}px solid {surface};
    border-top: {p5}px solid {muted}; margin-right: {p10}px; }}
QComboBox::down-arrow:disabled {{ border-color: {sunken}; }}
QComboBox[kind="source"], QComboBox[kind="source"]:focus {{ background: transparent; color: {muted};
    border: 1px solid transparent; border-radius: {p4}px; padding: 0 0 0 {p4}px; font-size: {p12}px; }}
QComboBox[kind="source"]:hover {{ background: {sunken}; }}
QComboBox[kind="source"]:focus {{ border-color: {accent}; color: {text}; }}
QComboBox[kind="source"]::drop-down {{ width: {p16}px; }}
QComboBox[kind="source"]::down-arrow {{ border-left-width: {p3}px; border-right-width: {p3}px; border-top-width: {p4}px;
    margin-right: {p4}px; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {line}; outline: none;
    selection-background-color: {accent_soft}; selection-color: {text}; }}

QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: {p6}px; padding: 2px; spacing: {p8}px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {p16}px; height: {p16}px; background: {surface};
    border: 1px solid {faint}; border-radius: {p4}px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QCheckBox::indicator:indeterminate {{ background: {accent_soft}; border-color: {accent}; }}
QRadioButton::indicator {{ border-radius: {r8}px; }}
QRadioButton::indicator:checked {{ width: {p8}px; height: {p8}px; border: {p5}px solid {accent}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {sunken}; }}

QAbstractItemView {{ background: {surface}; color: {text}; border: 2px solid transparent; border-radius: {r8}px;
    outline: none; gridline-color: {line}; selection-background-color: {accent_soft}; selection-color: {text}; }}
QAbstractItemView:focus {{ border-color: {accent}; }}
QListView[kind="results"] {{ border: none; border-radius: 0; }}
QListView[kind="pages"] {{ background: transparent; }}
QListView[kind="pages"]::item {{ padding: {p8}px {p12}px; border-radius: {r8}px; }}
QListView[kind="pages"]::item:selected {{ background: {accent_soft}; color: {text}; }}
QTextEdit[kind="bare"], QTextEdit[kind="bare"]:focus {{ border: none; padding: 0; }}
QListView[kind="suggestions"] {{ border: 1px solid {faint}; padding: 2px 0; }}
QTableView::item {{ padding: 0 {p4}px; }}
QHeaderView {{ border: none; background: {surface}; }}
QHeaderView::section {{ background: {surface}; color: {muted}; border: none; border-bottom: 1px solid {line};
    padding: {p8}px {p6}px; font-size: {f11}px; font-weight: 600; }}

QTabBar {{ background: transparent; }}
QTabBar::tab {{ color: {muted}; background: transparent; border: 2px solid transparent; border-radius: {p4}px;
    font-weight: 400; padding: {p6}px {p4}px; margin-right: {p24}px; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{ color: {text}; font-weight: 600; border-bottom: 2px solid {accent}; border-radius: 0; }}

QScrollArea, QScrollArea > QWidget > QWidget[kind="page"] {{ background: transparent; border: none; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: {p10}px; }}
QScrollBar:horizontal {{ height: {p10}px; }}
QScrollBar::handle {{ background: {faint}; border-radius: {p3}px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {p28}px; }}
QScrollBar::handle:horizontal {{ min-width: {p28}px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
    width: 0; height: 0; }}
QProgressBar {{ background: {sunken}; border: none; border-radius: {p4}px; max-height: {p8}px; min-height: {p8}px;
    text-align: center; }}
QProgressBar::chunk {{ background: {accent}; border-radius: {p4}px; }}
QMenu {{ background: {surface}; border: 1px solid {line}; padding: {p4}px; }}
QMenu::item {{ padding: {p6}px {p14}px; border-radius: {p4}px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {text}; }}
"""


def style_sheet(tokens: Mapping[str, str], px: Callable[[float], int], tick: str) -> str:
    """The sheet for these tokens and this scale; `tick` is the drawing in a checked box."""
    distances = {f"p{n}": px(n) for n in (3, 4, 5, 6, 7, 8, 10, 11, 12, 14, 16, 24, 28)}
    return _SHEET.format(**tokens, **distances, tick=tick, r8=px(8), r12=px(12), f11=px(11))
