"""What the style code of an implant says; codes are compared as whole tokens, for one letter parts two devices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from desktop.models.choices import Profile

_INSPIRA: Final = re.compile(r"(?P<surface>[TS])(?P<gel>[RSC])(?P<profile>LP|[LMFX])")
_SURFACE: Final = {"T": "BIOCELL", "S": "Smooth"}
_GEL: Final = {"R": "Responsive", "S": "SoftTouch", "C": "Cohesive"}
_PROFILE: Final = {
    "L": ("Low", Profile.LOW),
    "LP": ("Low plus", Profile.LOW_PLUS),
    "M": ("Moderate", Profile.MODERATE),
    "F": ("Full", Profile.HIGH),
    "X": ("Extra full", Profile.EXTRA_HIGH),
}
_HYPHENS: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_MARKS: Final = re.compile("[®™©]|\\((?:R|TM)\\)", re.IGNORECASE)
_SIZE: Final = re.compile(r"[- ][0-9]+$")


def style_key(text: str) -> str:
    """Capitals, one kind of hyphen, single spaces, no ® and ™; “410 FM”, “410-FM” and “410FM” are one style.

    No letter and no digit is ever taken away. Source: clinical reference §3.2 (norm and accepted spellings).
    """
    plain = " ".join(_MARKS.sub("", text.translate(_HYPHENS)).upper().split())
    return re.sub(r"(?<=[0-9])[- ](?=[A-Z])", "", plain)


def without_size(text: str) -> str:
    """The style without the size behind it: TCF of “TCF-400”, 110 of “110 300”. Source: §3.2, rule 2."""
    return _SIZE.sub("", style_key(text))


def read_inspira(style: str) -> Mapping[str, Any]:
    """Surface, gel and profile that the letters of a Natrelle INSPIRA style name, by the device's field names.

    Nothing for any other code; the size behind it says nothing about the volume. Source: clinical reference §2.2
    (T-codes verified by F1, the reading of the letters well known; the ranks of full and extra full from its table).
    """
    read = _INSPIRA.fullmatch(without_size(style))
    if read is None:
        return MappingProxyType({})
    name, rank = _PROFILE[read["profile"]]
    facts = {"surface_name": _SURFACE[read["surface"]], "gel": _GEL[read["gel"]]}
    return MappingProxyType(facts | {"profile_name": name, "profile": rank})
