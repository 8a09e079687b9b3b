"""Where the files that come with Reprise are, and where it keeps its own."""

from __future__ import annotations

import sys
from pathlib import Path

_HOME = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
"""The folder that holds `resources`: the checkout, or what a frozen program unpacked."""


def resource(*parts: str) -> Path:
    return _HOME.joinpath("resources", *parts)


def default_practice_folder() -> Path:
    """A folder of this computer alone: Documents is often carried to a cloud, which an open store does not survive."""
    from platformdirs import user_data_path

    return user_data_path("Reprise", appauthor=False) / "practice"


def log_folder() -> Path:
    from platformdirs import user_log_path

    return user_log_path("Reprise", appauthor=False)


def demo_practice_folder() -> Path:
    return default_practice_folder().with_name("demo")
