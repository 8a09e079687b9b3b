"""Says in a plain sentence what the encrypted store's engine could not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from desktop.errors import RecordMerged, SignedIsFrozen, StoreUnavailable, UserError
from desktop.storage.connection import sqlcipher
from desktop.storage.triggers import MERGED_IS_CLOSED, SIGNED_IS_FROZEN

_SENTENCES = {
    sqlcipher.SQLITE_FULL: "The disk is full, so this was not saved. Make room on it and save again; "
    "what you typed is kept.",
    sqlcipher.SQLITE_READONLY: "The practice's store is read-only on this computer, so this was not saved. "
    "Ask for permission to write in its folder, then try again.",
    sqlcipher.SQLITE_BUSY: "Another program is using the practice's store, so this was not done. "
    "Wait a moment and try again.",
    sqlcipher.SQLITE_LOCKED: "Another program is using the practice's store, so this was not done. "
    "Wait a moment and try again.",
    sqlcipher.SQLITE_NOTADB: "The practice's store is damaged or does not belong to these keys. It was not changed. "
    "Restore it from the latest backup.",
    sqlcipher.SQLITE_CORRUPT: "The practice's store is damaged. It was not changed. Restore it from the latest backup.",
    sqlcipher.SQLITE_IOERR: "The disk reported a fault, so this was not done. Check the disk and its connection, "
    "then try again.",
    sqlcipher.SQLITE_CANTOPEN: "The practice's store cannot be opened. Check that its folder is still there, "
    "connected, and yours to write in.",
}

_WORDS = {
    "database or disk is full": sqlcipher.SQLITE_FULL,
    "disk I/O error": sqlcipher.SQLITE_IOERR,
    "database disk image is malformed": sqlcipher.SQLITE_CORRUPT,
    "file is not a database": sqlcipher.SQLITE_NOTADB,
}


@contextmanager
def faults_told() -> Iterator[None]:
    """Raise what a person can act on as a `UserError`; a bug stays what it is."""
    try:
        yield
    except DBAPIError as error:
        if (told := _as_user_error(error.orig)) is not None:
            raise told from error
        raise
    except sqlcipher.Error as error:
        if (told := _as_user_error(error)) is not None:
            raise told from error
        raise


def _as_user_error(error: BaseException | None) -> UserError | None:
    if SIGNED_IS_FROZEN in str(error):
        return SignedIsFrozen()
    if MERGED_IS_CLOSED in str(error):
        return RecordMerged()
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # the driver names none for what fails while it copies a store
        code = _WORDS.get(str(error), 0)
    sentence = _SENTENCES.get(code & 0xFF)  # the upper bits say more than a sentence needs
    return None if sentence is None else StoreUnavailable(sentence)
