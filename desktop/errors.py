"""Errors a person can understand and act on; anything else that is raised is a bug."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class UserError(Exception):
    """Its text is shown as it is: what happened, what was kept, what to do now."""


class Rejected(UserError):
    """The values break a rule; `problems` (of `desktop.rules.problem.Problem`) says which."""

    def __init__(self, problems: Sequence[Any]) -> None:
        super().__init__("Not saved yet: some answers need correction. What you typed is kept.")
        self.problems = tuple(problems)


class RecordChanged(UserError):
    """Someone saved the record after it was opened; `theirs` is the snapshot that is stored now, if known."""

    def __init__(self, theirs: Any = None) -> None:
        super().__init__("Someone else saved this record while you were editing it. Nothing of yours is lost.")
        self.theirs = theirs


class RecordMissing(UserError):
    def __init__(self) -> None:
        super().__init__("This record no longer exists. Go back to the list and open it again.")


class PermissionDenied(UserError):
    """The signed-in person's roles do not include the verb."""


class SignedIsFrozen(UserError):
    def __init__(self) -> None:
        super().__init__("This record is signed and cannot be changed. Amend it: the signed version stays as it is.")


class RecordMerged(UserError):
    def __init__(self) -> None:
        super().__init__(
            "This record was merged into another one of the same person, so nothing was saved into it. What you typed "
            "is kept. Open her file again from the list: it leads to the record that stays."
        )


class StoreUnavailable(UserError):
    """The practice's encrypted store cannot be opened or written; the text says why and what to do."""


class WrongPassword(UserError):
    """The password or recovery code is wrong; `wait_seconds` is how long the next try has to wait."""

    def __init__(self, message: str, wait_seconds: int = 0) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


class DocumentIncomplete(UserError):
    """A document lacks something it must not print without; `missing` maps each merge field to a sentence."""

    def __init__(self, missing: Mapping[str, str]) -> None:
        super().__init__("Nothing was printed. " + " ".join(missing.values()))
        self.missing = dict(missing)


def describe_bug(error: BaseException) -> str:
    """Where an unexpected error happened, without its message: messages may carry a patient's values."""
    lines = []
    cause: BaseException | None = error
    while cause is not None:
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
        lines.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)
