"""What is planned in one side, copied into the other side's own answers; "both" is never stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import Side
from desktop.rules.side import field_at

LISTS: Final = ("devices", "contingency_list")
"""Rows that name their side; a copied row stands beside what the other side has, and replaces none of it."""

_BLANK: Final[tuple[Any, ...]] = (None, "", [], ())


@dataclass(frozen=True)
class Copied:
    """`changes` by field name, as if typed; `replaced` names the answers of the other side that would be lost."""

    changes: Mapping[str, Any]
    replaced: tuple[str, ...] = ()


def copy_to_other_side(typed: Mapping[str, Any], side: Side, names: Collection[str]) -> Copied:
    """`typed` is the plain data of a form; `names` are the answers of a side that are copied.

    Nothing empty is copied over an answer. Source: clinical reference §6.4 and §8, trap 1.
    """
    other = side.other
    changes: dict[str, Any] = {}
    for name in names:
        answer, stands = typed.get(field_at(side, name)), typed.get(field_at(other, name))
        if answer not in _BLANK and answer != stands:
            changes[field_at(other, name)] = answer
    replaced = tuple(name for name in changes if typed.get(name) not in _BLANK)
    for name in LISTS:
        rows = list(typed.get(name) or ())
        theirs = [_plain(row) for row in rows if row.get("side") == other.value]
        mine = [_plain(row) for row in rows if row.get("side") == side.value]
        if added := [row for row in mine if row not in theirs]:
            changes[name] = [*rows, *({"id": None, **row, "side": other.value} for row in added)]
    if changes and "prefilled" in typed:
        changes["prefilled"] = _waiting(typed, changes, side)
    return Copied(changes, replaced)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without its number and its side."""
    return {name: value for name, value in row.items() if name not in ("id", "side")}


def _waiting(typed: Mapping[str, Any], changes: Mapping[str, Any], side: Side) -> list[str]:
    """What waits to be confirmed in one side waits in the other too; lists are one answer, and stay what they are."""
    waiting = typed.get("prefilled") or []
    kept = [name for name in waiting if name not in changes or name in LISTS]
    prefix, other = field_at(side, ""), field_at(side.other, "")
    return kept + [name for name in changes if f"{prefix}{name.removeprefix(other)}" in waiting and name not in kept]
