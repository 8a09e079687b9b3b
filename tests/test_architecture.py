"""The house stands as drawn: every contract of pyproject.toml holds, and each is seen to fail when it is broken."""

from __future__ import annotations

import ast
import logging
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
SETTINGS = ROOT / "pyproject.toml"
CONTRACTS: list[dict[str, Any]] = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]

NAMES = {contract["name"] for contract in CONTRACTS}

LAYERS = "Layers point one way"
QT = "Only the user interface knows Qt"
PURE = "Rules are pure"
SCREENS = "Screens share only the kit"
SQL = "Screens never import SQLAlchemy"
STORAGE = "Few open the storage"
CYCLES = "No cycles"
SQLITE = "One SQLite library"
PICKLE = "Nothing is unpickled"

FAULTS = [
    (LAYERS, "desktop.models.patient", "import desktop.services"),
    (LAYERS, "desktop.forms.patient", "import desktop.ui.kit"),
    (LAYERS, "desktop.documents.handout", "import desktop.exchange"),
    (LAYERS, "desktop.rules.patient", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import desktop.forms"),
    (LAYERS, "desktop.helpers", "import this"),
    (QT, "desktop.services.patient", "from PySide6.QtCore import QObject"),
    (QT, "desktop.cli.tour", "import qtawesome"),
    (QT, "desktop.documents.handout", "def render():\n    from qtpy import QtGui"),
    (PURE, "desktop.rules.patient", "import sqlalchemy"),
    (PURE, "desktop.rules.patient", "from time import monotonic"),
    (PURE, "desktop.rules.patient", "import pathlib"),
    (PURE, "desktop.rules.patient", "from desktop.models.patient import Patient"),
    (SCREENS, "desktop.ui.patient.page", "import desktop.ui.recovery"),
    (SCREENS, "desktop.ui.kit.screen", "from desktop.ui import patient"),
    (SCREENS, "desktop.ui.office.page", "import desktop.ui.main_window"),
    (SCREENS, "desktop.ui.billing", "import this"),
    (SQL, "desktop.ui.patient.page", "from sqlalchemy import select"),
    (SQL, "desktop.ui.kit.tables", "import sqlcipher3"),
    (STORAGE, "desktop.services.patient", "from desktop.storage import database"),
    (STORAGE, "desktop.ui.kit.screen", "import desktop.storage.database"),
    (STORAGE, "desktop.ui.main_window.start", "import desktop.storage.database"),
    (CYCLES, "desktop.models.patient", "import desktop.models.device"),
    (SQLITE, "desktop.storage.database", "import sqlite3"),
    (PICKLE, "desktop.services.draft", "import pickle"),
    (PICKLE, "desktop.exchange.table", "from marshal import loads"),
]
"""Contract, module, what is written into it."""

SOUND = {
    "desktop.app": "import desktop.storage.database, desktop.ui.main_window, desktop.services.patient",
    "desktop.cli": "import desktop.storage.database, desktop.services.patient",
    "desktop.ui.kit.background": "import desktop.storage.database",
    "desktop.ui.patient.page": "import PySide6.QtCore, desktop.ui.kit.background, desktop.services.patient",
    "desktop.services.patient": "import sqlalchemy, desktop.models.patient, desktop.rules.patient",
    "desktop.forms.patient": "import desktop.models.patient, desktop.rules.patient",
    "desktop.rules.patient": "import datetime, desktop.models.choices, desktop.models.partial_date",
    "desktop.storage.database": "import sqlalchemy, sqlcipher3, desktop.models.patient",
    "desktop.models.device": "import desktop.models.patient",
    "desktop.models.patient": "import desktop.models.choices",
    "desktop.models.choices": "",
    "desktop.models.partial_date": "",
}
"""A small house in which every contract holds."""


def drawn_packages() -> Iterator[str]:
    """Every package that the contracts about layers name."""
    for contract in CONTRACTS:
        for container in contract.get("containers", ()):
            yield container
            for layer in contract["layers"]:
                yield from (f"{container}.{name.strip()}" for name in layer.split("|"))


def write(folder: Path, module: str, text: str) -> None:
    """Add `text` to a module that is laid out as a package, its parents made where they lack."""
    package = folder
    for name in module.split("."):
        package = package / name
        package.mkdir(exist_ok=True)
        (package / "__init__.py").touch()
    with (package / "__init__.py").open("a", encoding="utf-8") as file:
        file.write(text + "\n")


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[Path], dict[str, str]]:
    """Judges the package `desktop` in a folder by the contracts of this project: KEPT or BROKEN by name."""

    def judged(folder: Path) -> dict[str, str]:
        monkeypatch.delitem(sys.modules, "desktop", raising=False)
        monkeypatch.setattr(sys, "path", list(sys.path))
        monkeypatch.chdir(folder)
        known = [each for each in logging.Logger.manager.loggerDict.values() if isinstance(each, logging.Logger)]
        heard = [logger for logger in known if not logger.disabled]
        lint_imports(config_filename=str(SETTINGS), no_cache=True, no_logo=True)
        for logger in heard:
            logger.disabled = False  # the linter silences everybody else's for the rest of the process
        report = capsys.readouterr().out
        sys.stdout.write(report)  # for whoever reads why a test failed
        return dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", report, re.MULTILINE))

    return judged


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for package in drawn_packages():
        write(tmp_path, package, "")
    for module, text in SOUND.items():
        write(tmp_path, module, text)
    return tmp_path


def test_that_every_contract_holds(judge: Callable[[Path], dict[str, str]]) -> None:
    assert judge(ROOT) == dict.fromkeys(NAMES, "KEPT")


def test_that_a_sound_house_is_accepted(house: Path, judge: Callable[[Path], dict[str, str]]) -> None:
    assert judge(house) == dict.fromkeys(NAMES, "KEPT")


@pytest.mark.parametrize(("contract", "module", "text"), FAULTS)
def test_that_a_fault_breaks_its_contract(
    contract: str, module: str, text: str, house: Path, judge: Callable[[Path], dict[str, str]]
) -> None:
    write(house, module, text)
    assert judge(house)[contract] == "BROKEN"


def test_that_every_room_but_the_screens_and_the_start_is_told_to_do_without_qt() -> None:
    rooms = {name for name in drawn_packages() if name.count(".") == 1}
    told = next(set(contract["source_modules"]) for contract in CONTRACTS if contract["name"] == QT)
    assert told == rooms - {"desktop.ui", "desktop.app", "desktop.tour"}


def test_that_each_contract_is_seen_to_fail() -> None:
    assert {contract for contract, _, _ in FAULTS} == NAMES


def source_files() -> list[Path]:
    return [*ROOT.glob("*.py"), *ROOT.glob("desktop/**/*.py"), *ROOT.glob("tools/*.py")]


def called_name(node: ast.AST) -> str:
    """`eval` for `eval(…)`, `now` for `datetime.now(…)`, nothing for all that is no call."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
    return ""


def runs_text_as_a_program(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec", "compile"}
    )


def imports_what_is_banned(node: ast.AST) -> bool:
    """Qt's own SQLite beside SQLCipher's corrupts a file that both open; `__feature__` adds 200 ms to every start."""
    match node:
        case ast.Import(names=names):
            modules = {alias.name for alias in names}
        case ast.ImportFrom(module=str(module), names=names):
            modules = {module, *(f"{module}.{alias.name}" for alias in names)}
        case _:
            return False
    return any(module.startswith(("PySide6.QtSql", "qtpy.QtSql", "__feature__")) for module in modules)


def reads_clock_or_file(node: ast.AST) -> bool:
    return called_name(node) in {"now", "utcnow", "today", "open", "input"}


@pytest.mark.parametrize(
    ("is_wrong", "folder", "sample"),
    [
        (runs_text_as_a_program, "", "answer = eval(text)"),
        (runs_text_as_a_program, "", "exec(text, {})"),
        (imports_what_is_banned, "", "from PySide6 import QtSql"),
        (imports_what_is_banned, "", "from PySide6.QtSql import QSqlDatabase"),
        (imports_what_is_banned, "", "from __feature__ import snake_case"),
        (reads_clock_or_file, "desktop/rules", "age = date.today() - born"),
        (reads_clock_or_file, "desktop/rules", "moment = datetime.now(UTC)"),
        (reads_clock_or_file, "desktop/rules", "open('table.toml')"),
    ],
)
def test_that_no_module_does_what_the_house_forbids(
    is_wrong: Callable[[ast.AST], bool], folder: str, sample: str
) -> None:
    assert any(is_wrong(node) for node in ast.walk(ast.parse(sample)))
    files = [file for file in source_files() if file.is_relative_to(ROOT / folder)]
    assert files
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.stmt | ast.expr) and is_wrong(node)
    ]
    assert found == []


def test_that_every_module_opens_with_a_sentence() -> None:
    silent = []
    for file in source_files():
        text = file.read_text(encoding="utf-8")
        if text.strip() and not ast.get_docstring(ast.parse(text)):
            silent.append(str(file.relative_to(ROOT)))
    assert silent == []


def test_that_no_module_is_named_after_nothing() -> None:
    vague = {"base_classes", "common", "core", "helpers", "managers", "misc", "util", "utils"}
    assert [str(file) for file in source_files() if vague & set(file.relative_to(ROOT).with_suffix("").parts)] == []


def test_that_screens_are_written_and_not_drawn() -> None:
    assert [*ROOT.glob("desktop/**/*.ui"), *ROOT.glob("resources/**/*.ui")] == []
