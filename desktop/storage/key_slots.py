"""The key slots of an open practice, for services that make accounts and change passwords."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop.storage.vault import FULL_COST, Cost, SlotOwner, add_slot, put_slot, remove_slot, rename_practice


@dataclass(frozen=True)
class VaultSlots:
    folder: Path
    data_key: bytes = field(repr=False)
    cost: Cost = FULL_COST

    def add(self, name: str, display_name: str, roles_label: str, password: str) -> None:
        add_slot(self.folder, self.data_key, SlotOwner(name, display_name, roles_label), password, cost=self.cost)

    def put(self, name: str, display_name: str, roles_label: str, password: str) -> None:
        put_slot(self.folder, self.data_key, SlotOwner(name, display_name, roles_label), password, cost=self.cost)

    def remove(self, name: str) -> None:
        remove_slot(self.folder, self.data_key, name)

    def rename_practice(self, practice_name: str) -> None:
        rename_practice(self.folder, self.data_key, practice_name)
