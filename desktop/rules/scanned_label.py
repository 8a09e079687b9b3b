"""The text of a device's label exactly as it was read, and how it came into the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.models.choices import LabelEntry, UdiIssuer


@dataclass(frozen=True)
class ScannedLabel:
    """`raw` byte for byte: control characters, blanks at its ends, and bytes that are no text (surrogate escapes).

    Source: clinical reference §8, trap 13.
    """

    raw: str
    issuer: UdiIssuer | None = None
    entry: LabelEntry | None = None

    @property
    def plain(self) -> dict[str, Any]:
        """The same in letters and digits that any file keeps: the bytes as hexadecimal digits."""
        return {
            "bytes": self.raw.encode("utf-8", "surrogateescape").hex(),
            "issuer": self.issuer.value if self.issuer else "",
            "entry": self.entry.value if self.entry else "",
        }

    @classmethod
    def from_plain(cls, plain: Any) -> ScannedLabel | None:
        """None for whatever is no such label, so that a draft of another version does no harm."""
        try:
            raw = bytes.fromhex(plain["bytes"]).decode("utf-8", "surrogateescape")
            issuer, entry = plain["issuer"], plain["entry"]
            return cls(
                raw,
                UdiIssuer.from_code(issuer) if issuer else None,
                LabelEntry.from_code(entry) if entry else None,
            )
        except (KeyError, StopIteration, TypeError, ValueError):
            return None
