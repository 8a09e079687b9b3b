from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.paths import default_practice_folder, log_folder, resource
from desktop.storage.location import cloud_folder


def test_that_resources_are_found_in_the_checkout() -> None:
    assert resource() == Path(__file__).parents[2] / "resources"
    assert resource("icons", "lock.svg") == resource() / "icons" / "lock.svg"


def test_that_a_frozen_program_finds_its_resources_where_it_was_unpacked(tmp_path: Path) -> None:
    program = (
        f"import sys; sys._MEIPASS = {str(tmp_path)!r}\n"
        "from desktop.paths import resource\n"
        "print(resource('icons'))\n"
        "sys.exit('platformdirs' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    found = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == str(tmp_path / "resources" / "icons")


@pytest.mark.parametrize("folder", [default_practice_folder(), log_folder()])
def test_that_own_folders_are_the_program_s_and_not_a_cloud_s(folder: Path) -> None:
    assert folder.is_absolute()
    assert "Reprise" in folder.parts
    assert cloud_folder(folder) is None
