"""How values and a layout become a PDF: only our own fonts, no network, and the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from desktop.errors import DocumentIncomplete
from desktop.paths import resource

if TYPE_CHECKING:
    import typst

# Left in a value, these would turn round the words after it; the marks U+200E, U+200F and U+061C help a name and stay.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r'the text `"(.*?)"` could not be displayed|disallowed codepoint `"(.*?)"`', re.DOTALL)
_PAGE = re.compile(rb"\d obj\n<</Type/Page\b")
_NO_ROOM = re.compile(r"no room: (\w+)")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)", re.DOTALL)


class NoRoom(Exception):
    """A layout measured that something would be cut off, and said so; `part` names what does not fit."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def render(layout_name: str, data: Mapping[str, Any]) -> bytes:
    """Set `data` with `resources/layouts/<layout_name>.typ`; a tagged PDF (PDF/UA-1).

    `data["issued_on"]` (an ISO date) is the only moment the PDF knows, so that a second rendering gives the same bytes.
    Every string is handed over as JSON and never read as markup. Raises DocumentIncomplete when a value holds a
    character that no bundled font can draw, and NoRoom when a layout that may not grow has no room for it.
    """
    import typst

    values = _printable(data)
    layouts = resource("layouts")
    compiler = typst.Compiler(str(layouts / f"{layout_name}.typ"), root=str(layouts), font_paths=_fonts())
    issued_on = dt.date.fromisoformat(data["issued_on"])
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            sys_inputs={"data": json.dumps(values, ensure_ascii=True, sort_keys=True)},
            pdf_standards=["ua-1"],
            timestamp=dt.datetime.combine(issued_on, dt.time(), dt.UTC),
        )
    except typst.TypstError as error:
        if undrawn := _undrawn(error.diagnostic):
            raise _cannot_be_drawn(undrawn, values) from None
        if no_room := _NO_ROOM.search(error.diagnostic):
            raise NoRoom(no_room[1]) from None
        raise
    if warnings:
        raise RuntimeError(f"layout {layout_name}: {warnings[0].message}")
    assert isinstance(pdf, bytes)
    return pdf


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has that `render` made."""
    return len(_PAGE.findall(pdf))


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(resource("fonts"))])


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        lines = _LINE_ENDS.sub("\n", value).replace("\t", " ").translate(_TURNING)
        # A control character has no shape; half a surrogate pair shows as the sign for something unreadable.
        shown = ("\ufffd" if unicodedata.category(c) == "Cs" else c for c in lines)
        return "".join(c for c in shown if c == "\n" or unicodedata.category(c) != "Cc")
    if isinstance(value, Mapping):
        return {key: _printable(part) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [_printable(part) for part in value]
    return value


def _undrawn(diagnostic: str) -> list[str]:
    found = (first or second for first, second in _UNPRINTABLE.findall(diagnostic))
    return list(dict.fromkeys(_ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text) for text in found))


def _cannot_be_drawn(undrawn: Sequence[str], values: Mapping[str, Any]) -> DocumentIncomplete:
    missing = {}
    for path, text in _strings(values, ()):
        if lacking := [c for c in undrawn if c in text]:
            signs = ", ".join(f"“{c}” ({' '.join(f'U+{ord(part):04X}' for part in c)})" for c in lacking[:3])
            # The running text of a handout is one field to whoever has to correct it.
            field = ("handout_text",) if path[0] == "blocks" else path
            where = " ".join(field).replace("_", " ")
            missing[".".join(field)] = f"No font here can draw {signs} in “{where}”: write it with other letters."
    signs = " ".join(undrawn)
    return DocumentIncomplete(missing or {"document": f"No font here can draw “{signs}”: write it with other letters."})


def _strings(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _strings(part, (*path, str(key)))
    elif isinstance(value, list):
        for position, part in enumerate(value, 1):
            yield from _strings(part, (*path, str(position)))
