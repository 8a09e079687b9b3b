"""How the text of a handout is read: Markdown that a practice may edit, with fields that the record fills in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from desktop.errors import DocumentIncomplete
from desktop.paths import resource

Block = Mapping[str, Any]

NAMED_BLOCKS: Mapping[str, frozenset[str]] = {
    "recovery": frozenset({"call-now", "your-days", "drains", "medicines", "visits"}),
    "records_request": frozenset({"reminder", "about", "asked-for", "answer-by", "reply"}),
    "case_letter": frozenset({"summary", "signature"}),
    "records_release": frozenset({"asked-for", "signature"}),
}
"""What the layout of each kind fills from the record; each is written `::: name` … `:::`, the practice's own words
between."""

_FIELD = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}\}")
_HEAD = re.compile(r"([a-z]+):\s*(\S.*)")


@dataclass(frozen=True)
class HandoutTemplate:
    title: str
    version: str
    kind: str
    language: str
    blocks: tuple[Block, ...]


@cache
def bundled_template(kind: str, language: str) -> HandoutTemplate:
    file = resource("handouts", language, f"{kind}.md")
    if not (kind.replace("_", "") + language).isalpha() or not file.is_file():
        sentence = f"There is no “{kind}” handout in “{language}” yet: choose another language."
        raise DocumentIncomplete({"template": sentence})
    return read_template(file.read_text(encoding="utf-8"), language)


def read_template(text: str, language: str) -> HandoutTemplate:
    """Read the head (`title`, `version`, `kind` between two lines of ---) and the text.

    DocumentIncomplete names every line that is wrong and how to write it.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    end = lines.index("---", 1) if lines[:1] == ["---"] and "---" in lines[1:] else 0
    matches = (_HEAD.fullmatch(line.strip()) for line in lines[1:end])
    head = {match[1]: match[2] for match in matches if match}
    wrong = {
        f"template.{key}": f"The handout text does not say its {key}: begin with “{key}: …” between two lines of ---."
        for key in ("title", "version", "kind")
        if key not in head
    }
    known = NAMED_BLOCKS.get(head.get("kind", ""), frozenset())
    blocks, complaints = _read_blocks(lines, end + 1 if end else 0, known)
    for number, complaint in complaints:
        wrong[f"template.line.{number}"] = f"Line {number} of the handout text {complaint}"
    if wrong:
        raise DocumentIncomplete(wrong)
    return HandoutTemplate(head["title"], head["version"], head["kind"], language, tuple(blocks))


def template_fields(template: HandoutTemplate) -> set[str]:
    return {part["name"] for part in _parts(template.blocks) if part.get("kind") == "field"}


def named_blocks(template: HandoutTemplate) -> list[str]:
    return [part["name"] for part in _parts(template.blocks) if part.get("kind") == "named"]


def merge(template: HandoutTemplate, values: Mapping[str, str]) -> list[Any]:
    """The blocks with a value in place of each field; every field of the template must be among `values`."""

    def fill(part: Any) -> Any:
        if isinstance(part, Mapping):
            if part.get("kind") == "field":
                return {"kind": "value", "text": values[part["name"]]}
            return {key: fill(inner) for key, inner in part.items()}
        return [fill(inner) for inner in part] if isinstance(part, (list, tuple)) else part

    return [fill(block) for block in template.blocks]


def _parts(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from _parts(part)


def _read_blocks(lines: list[str], start: int, known: frozenset[str]) -> tuple[list[Block], list[tuple[int, str]]]:
    blocks: list[Block] = []
    complaints: list[tuple[int, str]] = []
    body: list[str] = []
    opened: tuple[str, int] | None = None
    for number, line in enumerate(lines[start:], start + 1):
        leftover = _FIELD.sub("", line)
        if "{{" in leftover or "}}" in leftover:
            complaints.append((number, "holds “{{” or “}}” that is not a field: write it like {{ practice.phone }}."))
        if not line.startswith(":::"):
            body.append(line)
            continue
        name = line.removeprefix(":::").strip()
        if opened is None:
            blocks += _parse(body)
            opened = (name, number)
            if name not in known:
                complaints.append((number, f"opens “{name}”; known are {', '.join(sorted(known))}."))
        elif name:
            complaints.append((number, f"opens “{name}” before “{opened[0]}” is closed with “:::”."))
        else:
            blocks.append({"kind": "named", "name": opened[0], "blocks": _parse(body)})
            opened = None
        body = []
    if opened is not None:
        complaints.append((opened[1], f"opens “{opened[0]}” and nothing closes it: end it with a line “:::”."))
    return blocks + _parse(body), complaints


def _parse(lines: list[str]) -> list[Block]:
    return [_block(node) for node in SyntaxTreeNode(_markdown().parse("\n".join(lines))).children]


@cache
def _markdown() -> MarkdownIt:
    """Only what a handout needs; HTML, links, pictures and code stay the letters they are typed with."""
    markdown = MarkdownIt("zero").enable(["heading", "list", "table", "emphasis", "escape", "newline"])
    markdown.inline.ruler.before("emphasis", "field", _field)
    return markdown


def _field(state: StateInline, silent: bool) -> bool:
    match = _FIELD.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("field", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            # The title is the page's own first heading, so that # and ## both open a section.
            return {"kind": "heading", "level": 1 if node.tag in ("h1", "h2") else 2, "parts": _inline(node)}
        case "bullet_list":
            return {"kind": "list", "items": [_blocks(item) for item in node.children]}
        case "ordered_list":
            items = [_blocks(item) for item in node.children]
            return {"kind": "numbered", "start": int(node.attrs.get("start", 1)), "items": items}
        case "table":
            rows = [[_inline(cell) for cell in row.children] for group in node.children for row in group.children]
            return {"kind": "table", "head": rows[0], "rows": rows[1:]}
        case _:
            return {"kind": "paragraph", "parts": _inline(node)}


def _blocks(node: SyntaxTreeNode) -> list[Block]:
    return [_block(child) for child in node.children]


def _inline(node: SyntaxTreeNode) -> list[Mapping[str, Any]]:
    parts = (_inline_part(child) for inline in node.children for child in inline.children)
    return [part for part in parts if part != {"kind": "text", "text": ""}]


def _inline_part(node: SyntaxTreeNode) -> Mapping[str, Any]:
    match node.type:
        case "field":
            return {"kind": "field", "name": node.content}
        case "strong":
            return {"kind": "strong", "parts": [_inline_part(child) for child in node.children]}
        case "em":
            return {"kind": "emphasis", "parts": [_inline_part(child) for child in node.children]}
        case "hardbreak":
            return {"kind": "break"}
        case "softbreak":
            return {"kind": "text", "text": " "}
        case _:
            return {"kind": "text", "text": node.content}
