from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from desktop.ui.main_window import TABS


def test_that_the_tour_shows_every_screen_and_tells_what_each_picture_is(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "main.py", "tour", str(tmp_path / "tour"), "--theme", "dark", "--size", "1280x720"],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path / "choices")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "choices").exists(), "the choices of whoever runs the tour stay as they are"
    contents = json.loads((tmp_path / "tour" / "tour.json").read_text(encoding="utf-8"))
    assert (contents["theme"], contents["size"]) == ("dark", [1280, 720])
    files = {picture["file"] for picture in contents["pictures"]}
    assert files == {path.name for path in (tmp_path / "tour").iterdir()} - {"tour.json"}
    names = {picture["name"] for picture in contents["pictures"]}
    assert {f"okafor-{tab}" for tab in TABS} <= names
    assert {"sign-in", "set-up-practice", "sign-plan", "conflict", "warning-sign", "mistake", "handout-novak"} <= names
    assert {"to-chase", "request-for-records", "device-card", "card-okafor-a6", "letter-2"} <= names
    assert {"device", "device-long", "device-empty", "removal", "matrix", "drain", "imaging-new"} <= names
    assert {"examination", "examination-new", "examination-extreme-measured", "trends", "trends-devices"} <= names
    assert {"label-read", "label-cross-checks", "label-not-read", "label-guard"} <= names
    assert {"help-finding", "help-scanning"} <= names
    assert all(picture["shows"] for picture in contents["pictures"])
