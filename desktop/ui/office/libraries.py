"""Whose work Reprise stands on: every library it runs with, from what each says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_string
from importlib.metadata import Distribution, PackageNotFoundError, distribution

_OWN = (
    "PySide6-Essentials",
    "PySide6-Pdf",
    "QtAwesome",
    "SQLAlchemy",
    "alembic",
    "argon2-cffi",
    "biip",
    "cryptography",
    "jellyfish",
    "markdown-it-py",
    "platformdirs",
    "rapidfuzz",
    "sqlcipher3",
    "typing_extensions",
    "typst",
    "tzdata",
    "zxing-cpp",
)
_FONTS = (("Inter", "", "SIL Open Font License 1.1"), ("Noto Sans", "", "SIL Open Font License 1.1"))
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Library:
    name: str
    version: str
    licence: str


def libraries() -> tuple[Library, ...]:
    """The libraries that are installed, with those that they need themselves, by name; then the fonts."""
    found: dict[str, Library] = {}
    waiting = list(_OWN)
    while waiting:
        name = waiting.pop()
        key = name.lower().replace("_", "-")
        if key in found:
            continue
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue  # needed on other systems only
        found[key] = Library(installed.metadata["Name"], installed.version, _licence(installed))
        needed = (line for line in installed.requires or () if "extra ==" not in line)
        waiting += [match[0] for match in map(_NAME.match, needed) if match]
    in_order = tuple(found[key] for key in sorted(found))
    return in_order + tuple(Library(*font) for font in _FONTS)


def _licence(installed: Distribution) -> str:
    about = message_from_string(installed.read_text("METADATA") or "")
    declared = about.get("License-Expression", "")
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line[:7] == "License"]
    old = about.get("License", "").partition("\n")[0]
    return declared or ", ".join(classified) or (old if len(old) < 60 else "") or "see its own files"
