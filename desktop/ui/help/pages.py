"""The pages of help that come with Reprise, in the order in which they are listed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paths import resource

PAGES = (
    "start",
    "keys",
    "finding",
    "duplicates",
    "history",
    "devices",
    "scanning",
    "planning",
    "examination",
    "consent",
    "signing",
    "safety",
    "outcome",
    "review",
    "records",
)
"""Each is `resources/help/en/<key>.md`: one heading, then plain Markdown without HTML."""


@dataclass(frozen=True)
class HelpPage:
    key: str
    title: str
    text: str


def help_pages() -> tuple[HelpPage, ...]:
    return tuple(map(_page, PAGES))


def _page(key: str) -> HelpPage:
    text = resource("help", "en", f"{key}.md").read_text(encoding="utf-8")
    return HelpPage(key, text.partition("\n")[0].removeprefix("# "), text)
