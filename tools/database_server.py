"""Where the programs of a PostgreSQL server are on this machine, and how Debian and Ubuntu install them.

Only the tests ask for one: they put the same questions to it as to the encrypted store.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import system_libraries

PACKAGE = "postgresql"
"""Debian's; it brings the newest server of the release together with its extensions."""
PROGRAMS = ("initdb", "pg_ctl", "postgres")
VERSIONS = Path("/usr/lib/postgresql")
"""Debian keeps each version in a folder of its own here, outside the search path."""


def find_programs(versions: Path = VERSIONS) -> Path | None:
    """The folder with all of `PROGRAMS`: from the search path, else of the newest version there is."""
    on_path = shutil.which(PROGRAMS[0])
    places = [Path(on_path).resolve().parent] if on_path else []
    numbers = sorted((int(place.name) for place in versions.glob("*") if place.name.isdecimal()), reverse=True)
    places += [versions / str(number) / "bin" for number in numbers]
    return next((place for place in places if all(shutil.which(name, path=str(place)) for name in PROGRAMS)), None)


def provide() -> bool:
    """Whether there is a server, which is installed where it is missing and can be."""
    return find_programs() is not None or (system_libraries.install([PACKAGE]) and find_programs() is not None)
