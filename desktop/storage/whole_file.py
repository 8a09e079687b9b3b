"""Replaces a small file whole or not at all, whatever happens to the computer meanwhile."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from desktop.errors import StoreUnavailable


def replace_file(path: Path, content: bytes) -> None:
    """Write beside `path`, force it to the disk, then rename: a reader sees the old bytes or the new, never a part."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # readable by its owner only
        draft = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise
        settle_folder(path.parent)
    except OSError as error:
        raise StoreUnavailable(
            f"{path.name} could not be written in {path.parent} ({error.strerror}). It is as it was before. "
            "Check that the disk has room and that this computer's user may write there."
        ) from error


def settle_file(path: Path) -> None:
    """Force what was written to `path` onto the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Force a rename in `folder` onto the disk; Windows does this by itself and cannot open a folder."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
