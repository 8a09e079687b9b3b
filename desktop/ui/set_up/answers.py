"""What a person told about the practice and themselves before anything was made."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.choices import Language, PaperSize, Role


@dataclass(frozen=True)
class SetUpAnswers:
    name: str
    address: str | None
    phone: str | None
    after_hours_phone: str | None
    emergency_number: str | None
    paper_size: PaperSize
    language: Language
    account_name: str
    display_name: str
    roles: tuple[Role, ...]
