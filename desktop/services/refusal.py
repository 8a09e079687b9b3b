"""Say in a sentence why a file could not be written."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.errors import UserError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC})
_WHY = {
    errno.ENOENT: "its folder does not exist. Make the folder, or choose another one.",
    errno.ENOTDIR: "what should be its folder is a file. Choose another folder.",
    errno.EISDIR: "it is a folder. Add the name of a file.",
    errno.EROFS: "this place can only be read. Choose another folder.",
    errno.EACCES: "you may not write there. Choose another folder.",
    errno.EPERM: "you may not write there. Choose another folder.",
    errno.ENAMETOOLONG: "its name is too long. Choose a shorter one.",
} | dict.fromkeys(_FULL, "the disk is full. Make room, or choose another disk.")


@contextmanager
def writing_file(path: Path) -> Iterator[None]:
    """A UserError in place of the operating system's error; half a file never stays behind on a full disk."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            with suppress(OSError):
                path.unlink()
        why = _WHY.get(error.errno or 0, f"the computer says “{error.strerror or type(error).__name__}”.")
        raise UserError(f"{path} was not written: {why}") from error
