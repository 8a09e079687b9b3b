"""On which line of a TOML text each table and each key stands; the language's own reader does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from desktop.rules.reading import Unreadable

Place = tuple[str | int, ...]
"""The way to a value from the top of the file: `("devices", 3, "fill")`."""

LONGEST_TEXT: Final = 2_000_000
LONGEST_LINE: Final = 4_000
"""Characters; beyond them no office wrote the file by hand. [P]"""

_TOKEN: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"""+|\'\'\'.*?\'\'\'+|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n=]|[^\[\]{}\n="\'#]+',
    re.DOTALL,
)
_TOLD_LINE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_DEEPEST: Final = 50


class BadLine(Unreadable):
    """`line` is where the text cannot be read on, from 1; the message says why and what to do."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_toml(text: str) -> tuple[dict[str, Any], dict[Place, int]]:
    """What the text says, and the line of each table and key; `BadLine` for anything that is not TOML."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = text.split("\n")
    if len(text) > LONGEST_TEXT:
        raise BadLine(1, f"The file has {len(text):,} characters, and at most {LONGEST_TEXT:,} are read.")
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise BadLine(number, f"The line has {len(line):,} characters, and at most {LONGEST_LINE:,} are read.")
    try:
        text.encode()
        read = tomllib.loads(text)
    except UnicodeEncodeError as error:
        raise BadLine(text.count("\n", 0, error.start) + 1, "The line holds signs that are no text.") from None
    except tomllib.TOMLDecodeError as error:
        told = _TOLD_LINE.search(str(error))
        number = int(told[1]) if told and told[1] else len(lines)
        said = _TOLD_LINE.sub("", str(error))
        raise BadLine(min(number, len(lines)), f"This is not written as TOML: {said[:1].lower()}{said[1:]}.") from None
    except RecursionError:
        raise BadLine(_too_deep(lines), "Brackets stand in each other too deeply to be read.") from None
    return read, _lines_of(text)


def _lines_of(text: str) -> dict[Place, int]:
    found: dict[Place, int] = {(): 1}
    last: dict[Place, int] = {}
    table: Place = ()
    for line, head, is_key in _statements(text):
        if is_key:
            place = table
            for name in _names(head):
                place = (*place, name)
                found.setdefault(place, line)
            continue
        is_list = head.startswith("[[")
        names = _names(head[2:-2] if is_list else head[1:-1])
        table = ()
        for at, name in enumerate(names):
            table = (*table, name)
            if is_list and at == len(names) - 1:
                last[table] = last.get(table, -1) + 1
                found.setdefault(table, line)
            if table in last:
                table = (*table, last[table])
        found.setdefault(table, line)
    return found


def _statements(text: str) -> Iterator[tuple[int, str, bool]]:
    """Line, head and kind of each statement: a table in its brackets, or the key of a value."""
    line, begun, depth, head, has_value = 1, 1, 0, "", False
    for token in (*(match[0] for match in _TOKEN.finditer(text)), "\n"):
        if token == "\n" and depth == 0:
            if head.strip():
                yield begun, head.strip(), has_value
            head, has_value = "", False
        elif token == "=" and depth == 0:
            has_value = True
        elif not has_value and not token.startswith("#"):
            begun = begun if head.strip() else line
            head += token
        depth += (token in "[{") - (token in "]}")
        line += token.count("\n")


def _names(key: str) -> list[str]:
    """The names of a dotted key, quoted or not."""
    level: Any = tomllib.loads(f"{key} = 0")
    names = []
    while isinstance(level, dict):
        ((name, level),) = level.items()
        names.append(name)
    return names


def _too_deep(lines: list[str]) -> int:
    depth = 0
    for number, line in enumerate(lines, start=1):
        depth += line.count("[") + line.count("{") - line.count("]") - line.count("}")
        if depth > _DEEPEST:
            return number
    return max(range(len(lines)), key=lambda at: lines[at].count("[") + lines[at].count("{")) + 1
