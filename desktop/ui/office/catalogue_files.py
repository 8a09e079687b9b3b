"""How a catalogue comes from a file and goes into one: chosen by a person, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QIODevice, QSaveFile
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import UserError

_KINDS = "Catalogue (*.toml)"
_MOST_BYTES = 8_000_000


def ask_file_to_read(parent: QWidget | None, title: str = "Import a catalogue", kinds: str = _KINDS) -> str:
    """An empty string when somebody thinks better of it."""
    return QFileDialog.getOpenFileName(parent, title, "", kinds)[0]


def ask_file_to_write(suggested_name: str, parent: QWidget | None) -> str:
    return QFileDialog.getSaveFileName(parent, "Export the catalogue", suggested_name, _KINDS)[0]


def read_file(path: Path, what: str = "a catalogue") -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError(f"“{path.name}” is too large to be {what}. Nothing was changed: choose another file.")
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise UserError(f"“{path.name}” was not read: {reason}. Nothing was changed: choose another file.") from error


def write_file(path: Path, text: str) -> Path:
    """Where it stands now; a file of that name stays as it was until the new one is complete."""
    if path.suffix.lower() != ".toml":
        path = path.with_name(f"{path.name}.toml")
    data = text.encode()
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(QByteArray(data)) == len(data)
    if not written or not file.commit():
        reason = file.errorString()
        file.cancelWriting()
        raise UserError(f"The catalogue was not exported to “{path.parent}”: {reason}. Choose another folder.")
    return path
