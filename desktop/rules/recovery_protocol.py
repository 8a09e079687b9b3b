"""What a protocol file and a list of red flags say: read strictly, so that nobody follows a half-understood one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from desktop.rules.reading import Unreadable

T = TypeVar("T")
LAST_DAY = 365
"""The furthest day a protocol may speak about."""

APPLIES_TO = ("always", "drains")
_PLACE = re.compile(r"\{([^{}]*)\}")
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")


@dataclass(frozen=True)
class Amount:
    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


@dataclass(frozen=True)
class ProtocolItem:
    """`text` is for the patient. {limit} stands for the amounts of a limit, {until} for its last day."""

    code: str
    title: str
    text: str
    start_day: int
    end_day: int
    is_limit: bool = False
    applies_to: str = "always"
    limit: tuple[Amount, ...] = ()
    follows: str | None = None

    def worded(self) -> str:
        """The text with its amounts: `2.3 kg (5 lb)`."""
        first, *others = [str(amount) for amount in self.limit] or [""]
        return self.text.replace("{limit}", f"{first} ({', '.join(others)})" if others else first)


@dataclass(frozen=True)
class Protocol:
    name: str
    version: str
    status: str
    sources: tuple[str, ...]
    routine_after_days: int
    items: tuple[ProtocolItem, ...]


@dataclass(frozen=True)
class FlagAction:
    """How soon, in the words for the patient and for whoever answers the phone."""

    code: str
    title: str
    patient: str
    desk: str


@dataclass(frozen=True)
class RedFlag:
    code: str
    title: str
    text: str
    action: FlagAction
    also: str = ""

    @property
    def shown(self) -> str:
        """What whoever answers the phone is told to do."""
        return " ".join(part for part in (self.action.desk, self.also) if part)

    @property
    def printed(self) -> str:
        """The sign as the patient reads it."""
        return f"{self.text}. {self.also}".rstrip() if self.also else self.text


@dataclass(frozen=True)
class RedFlags:
    """Sooner actions first; `call_temperature` is written in both units."""

    flags: tuple[RedFlag, ...]
    call_temperature: str
    sources: tuple[str, ...]

    def by_code(self, code: str) -> RedFlag | None:
        return next((flag for flag in self.flags if flag.code == code), None)


def read_protocol(text: str) -> Protocol:
    """Unreadable names every entry that is wrong and how to write it.

    Days are whole numbers from 0 (the day of surgery) to 365; `end_day` is not before `start_day`.
    Source of the example: clinical reference §5.5.
    """
    top = _Entry("The protocol", _toml(text))
    items = [_item(entry) for entry in top.entries("items", "Item")]
    protocol = Protocol(
        name=top.words("name"),
        version=top.words("version"),
        status=top.words("status"),
        sources=top.lines("sources"),
        routine_after_days=top.whole("routine_after_days", 1),
        items=tuple(items),
    )
    codes = [item.code for item in items]
    limits = {item.code for item in items if item.is_limit}
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        top.complaints.append(f"Item {code} stands there twice: give each item its own code.")
    for item in items:
        if item.follows is not None and (item.follows not in limits - {item.code} or not item.is_limit):
            top.complaints.append(f"Item {item.code}: only a limit can follow, and only another limit.")
    return top.refuse_or(protocol)


def read_red_flags(text: str) -> RedFlags:
    """Unreadable names every entry that is wrong. Source of the example: clinical reference §5.4, §5.7."""
    top = _Entry("The red flags", _toml(text))
    actions: dict[str, FlagAction] = {}
    for entry in top.entries("actions", "Action"):
        action = FlagAction(entry.words("code"), entry.words("title"), entry.words("patient"), entry.words("desk"))
        actions[action.code] = action
        entry.done()
    warm = _Entry("The call temperature", top.table("call_temperature"), top.complaints)
    temperature = f"{warm.number('celsius', 34, 43)} °C ({warm.number('fahrenheit', 93, 110)} °F)"
    warm.done()
    flags = []
    for entry in top.entries("flags", "Red flag"):
        wanted = entry.words("action")
        if wanted not in actions:
            entry.complain(f"action “{wanted}” is not described; known are {', '.join(actions)}")
        flags.append(
            RedFlag(
                code=entry.code(),
                title=entry.words("title"),
                text=entry.text("text", ("call_temperature",)).replace("{call_temperature}", temperature),
                action=actions.get(wanted, FlagAction("", "", "", "")),
                also=entry.words("also", needed=False),
            )
        )
        entry.done()
    codes = [flag.code for flag in flags]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        top.complaints.append(f"Red flag {code} stands there twice: give each its own code.")
    order = list(actions)
    flags.sort(key=lambda flag: order.index(flag.action.code) if flag.action.code in actions else 0)
    return top.refuse_or(RedFlags(tuple(flags), temperature, top.lines("sources")))


def _item(entry: _Entry) -> ProtocolItem:
    is_limit = entry.flag("is_limit")
    limit = tuple(entry.amounts("limit"))
    known = (("until",) if is_limit else ()) + (("limit",) if limit else ())
    item = ProtocolItem(
        code=entry.code(),
        title=entry.words("title"),
        text=entry.text("text", known),
        start_day=entry.whole("start_day", 0),
        end_day=entry.whole("end_day", 0),
        is_limit=is_limit,
        applies_to=entry.one_of("applies_to", APPLIES_TO),
        limit=limit,
        follows=entry.words("follows", needed=False) or None,
    )
    if item.end_day < item.start_day:
        entry.complain(f"ends on day {item.end_day}, before it begins on day {item.start_day}")
    entry.done()
    return item


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"The file cannot be read: {error}.") from error


@dataclass
class _Entry:
    """One table of a file; what is wrong with it is collected, so that all of it can be told at once."""

    name: str
    values: Mapping[str, Any]
    complaints: list[str] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)

    def complain(self, what: str) -> None:
        self.complaints.append(f"{self.name}: {what}.")

    def words(self, key: str, needed: bool = True) -> str:
        value = self._get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            self.complain(f"{key} is missing: write some words in quotation marks")
            return ""
        return " ".join(value.split())

    def text(self, key: str, known: Sequence[str]) -> str:
        text = self.words(key)
        for name in _PLACE.findall(text):
            if name not in known:
                self.complain(f"{key} holds “{{{name}}}”, which nothing fills in here")
        if set("{}") & set(_PLACE.sub("", text)):
            self.complain(f"{key} holds a single brace")
        return text

    def code(self) -> str:
        code = self.words("code")
        if code and not _CODE.fullmatch(code):
            self.complain("code is written in capital letters, digits and _, such as LIFT_FIRST")
        return code

    def whole(self, key: str, lowest: int, highest: int = LAST_DAY) -> int:
        value = self._get(key, None)
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            self.complain(f"{key} must be a whole number from {lowest} to {highest}")
            return lowest
        return value

    def number(self, key: str, lowest: int, highest: int) -> Decimal:
        value = self._get(key, None)
        if not isinstance(value, int | Decimal) or isinstance(value, bool) or not lowest <= value <= highest:
            self.complain(f"{key} must be a number from {lowest} to {highest}")
            return Decimal(lowest)
        return Decimal(value)

    def flag(self, key: str) -> bool:
        value = self._get(key, False)
        if not isinstance(value, bool):
            self.complain(f"{key} must be true or false")
        return value is True

    def one_of(self, key: str, known: Sequence[str]) -> str:
        value = self._get(key, known[0])
        if value not in known:
            self.complain(f"{key} must be {' or '.join(known)}")
            return known[0]
        return str(value)

    def lines(self, key: str) -> tuple[str, ...]:
        value = self._get(key, None)
        if not isinstance(value, list) or not value or not all(isinstance(line, str) for line in value):
            self.complain(f"{key} must be a list of words, and not an empty one")
            return ()
        return tuple(value)

    def table(self, key: str) -> Mapping[str, Any]:
        value = self._get(key, {})
        return value if isinstance(value, dict) else {}

    def entries(self, key: str, noun: str) -> list[_Entry]:
        value = self._get(key, None)
        if not isinstance(value, list) or not value or not all(isinstance(entry, dict) for entry in value):
            self.complain(f"there is no [[{key}]]")
            return []
        return [_Entry(f"{noun} {e.get('code', at)}", e, self.complaints) for at, e in enumerate(value, 1)]

    def amounts(self, key: str) -> list[Amount]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.complain(f'{key} must be a list such as [{{ value = 2.3, unit = "kg" }}]')
            return []
        entries = [_Entry(f"{self.name}, {key} {at}", entry, self.complaints) for at, entry in enumerate(value, 1)]
        return [Amount(entry.number("value", 0, 1_000), entry.words("unit")) for entry in entries]

    def done(self) -> None:
        """Nothing may stand there that nobody reads: a misspelled key would be lost in silence."""
        for key in self.values:
            if key not in self._asked:
                self.complain(f"“{key}” is not known here")

    def refuse_or(self, read: T) -> T:
        self.done()
        if self.complaints:
            raise Unreadable(" ".join(self.complaints))
        return read

    def _get(self, key: str, otherwise: Any) -> Any:
        self._asked.add(key)
        return self.values.get(key, otherwise)
