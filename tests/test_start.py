"""The two commands set a fresh machine up by themselves, once, and repair what was interrupted."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import check
import system_libraries
from desktop.version import VERSION

ROOT = Path(__file__).parent.parent
SCRIPTS = ["run", "test", ".ci/run", "tools/set_up.sh", "tools/lock.sh"]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

needs_sh = pytest.mark.skipif(os.name == "nt", reason="the shell scripts have .cmd twins there")


def wheel(folder: Path, name: str) -> str:
    """Pack a module of one line; return what a lock says of it."""
    file = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(f"{name}.py", f"SAYS = 'this is {name}'\n")
        packed.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        packed.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        packed.writestr(f"{about}/RECORD", f"{name}.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n")
    return f"{name} @ {file.as_uri()} --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


class Checkout:
    """A fresh clone with the real scripts, a small program, and locks of small packages that need no network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a clone"
        self.wheels = folder / "wheels"
        self.wheels.mkdir(parents=True)
        shutil.copytree(ROOT / "tools", self.folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy2(ROOT / "run", self.folder)
        program = "import os, sys, petal\nprint(petal.SAYS, sys.argv[1:], os.getcwd())\n"
        (self.folder / "main.py").write_text(program, encoding="utf-8")
        self.lock = self.folder / "requirements.lock"
        self.lock.write_text(wheel(self.wheels, "petal"), encoding="utf-8")
        both = self.lock.read_text(encoding="utf-8") + wheel(self.wheels, "stem")
        (self.folder / "requirements-dev.lock").write_text(both, encoding="utf-8")
        self.stamp = self.folder / ".venv" / "set-up.txt"

    def call(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"PIP_NO_INDEX": "1", "REPRISE_NO_APT": "1"}
        return subprocess.run(
            command, cwd=self.wheels, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    def start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.call(self.folder / "run", *arguments)

    def set_up(self, task: str, purpose: str) -> int:
        return self.call(sys.executable, self.folder / "tools" / "set_up.py", task, purpose).returncode

    def packages(self) -> Path:
        return next(self.folder.glob(".venv/lib/python*/site-packages"))


@needs_sh
@pytest.mark.parametrize("script", SCRIPTS)
def test_that_a_script_is_plain_sh_and_may_be_run(script: str) -> None:
    assert subprocess.run(["sh", "-n", ROOT / script], check=False).returncode == 0
    assert os.access(ROOT / script, os.X_OK)


@needs_sh
def test_that_the_first_start_sets_up_and_the_second_does_not(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    first = checkout.start("--demo", "two words", "*")
    said = f"this is petal ['--demo', 'two words', '*'] {checkout.wheels}\n"
    assert (first.returncode, first.stdout) == (0, said), first.stderr
    assert "Setting up Reprise" in first.stderr

    # Without pip and without anything to install from, a second set-up could only fail.
    shutil.rmtree(checkout.packages() / "pip")
    shutil.rmtree(checkout.wheels)
    checkout.wheels.mkdir()
    second = checkout.start("--demo", "two words", "*")
    assert (second.returncode, second.stdout, second.stderr) == (0, said, "")


@needs_sh
def test_that_testing_adds_to_what_running_needs_and_a_new_lock_begins_anew(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    assert checkout.set_up("is-ready", "run") == 1
    assert checkout.set_up("set-up", "run") == 0
    assert (checkout.set_up("is-ready", "run"), checkout.set_up("is-ready", "test")) == (0, 1)
    assert not (checkout.packages() / "stem.py").exists()

    assert checkout.set_up("set-up", "test") == 0
    assert (checkout.set_up("is-ready", "run"), checkout.set_up("is-ready", "test")) == (0, 0)
    assert (checkout.packages() / "stem.py").exists()

    checkout.lock.write_text(wheel(checkout.wheels, "petal") + "# newer\n", encoding="utf-8")
    assert (checkout.set_up("is-ready", "run"), checkout.set_up("is-ready", "test")) == (1, 1)
    assert checkout.set_up("set-up", "run") == 0
    assert not (checkout.packages() / "stem.py").exists()


@needs_sh
def test_that_an_interrupted_set_up_is_repaired_by_the_next_start(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    rest = checkout.folder / ".venv" / "lib" / "half a package"
    rest.mkdir(parents=True)
    (checkout.folder / ".venv" / "bin").mkdir()
    (checkout.folder / ".venv" / "bin" / "python").symlink_to(tmp_path / "gone")
    start = checkout.start()
    assert start.returncode == 0, start.stderr
    assert not rest.exists()


@needs_sh
def test_that_a_package_with_another_hash_is_refused(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    honest = checkout.lock.read_text(encoding="utf-8")
    checkout.lock.write_text(re.sub("[0-9a-f]{64}", "0" * 64, honest), encoding="utf-8")
    refused = checkout.start()
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "The packages could not be installed" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not checkout.stamp.exists()


@needs_sh
def test_that_without_a_fitting_python_the_start_says_which_one_it_needs(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "dirname"):
        (tools / name).symlink_to(str(shutil.which(name)))
    (tools / "python3").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tools / "python3").chmod(0o755)
    start = checkout.call("env", f"PATH={tools}", "sh", checkout.folder / "run")
    assert start.returncode == 1
    assert "Reprise needs Python 3.11 or newer" in start.stderr


def locked(name: str) -> dict[str, str]:
    """Package to version."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {canonicalize_name(package): version for package, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.M)}


def test_that_the_locks_hold_what_the_project_asks_for() -> None:
    run_time = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    development = [Requirement(line) for line in PROJECT["dependency-groups"]["dev"]]
    for name, requirements in zip(LOCKS, (run_time, run_time + development), strict=True):
        versions = locked(name)
        for requirement in requirements:
            assert versions[canonicalize_name(requirement.name)] in requirement.specifier, (name, requirement)
    assert locked(LOCKS[0]).items() <= locked(LOCKS[1]).items()


@pytest.mark.parametrize("name", LOCKS)
def test_that_a_lock_has_a_hash_for_everything_and_names_no_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=\w)", text, flags=re.M)[1:]
    assert len(entries) == len(locked(name))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"//|index|find-links|trusted|simple", text)


def test_that_the_version_is_told_once() -> None:
    assert PROJECT["project"]["version"] == VERSION


def test_that_windows_gets_what_only_windows_needs() -> None:
    assert "colorama==" in (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")


def test_that_nothing_we_hand_on_is_under_the_gpl_alone() -> None:
    for name in locked("requirements.lock"):
        about = importlib.metadata.metadata(name)
        licence = " ".join([*about.get_all("License-Expression", []), *about.get_all("Classifier", [])])
        assert "AGPL" not in licence
        assert "GPL" not in licence or "LGPL" in licence, name


def test_that_the_tests_close_the_check_and_arguments_are_for_them() -> None:
    assert [command[0] for command in check.commands([])] == ["ruff", "ruff", "mypy", "pytest"]
    assert check.commands(["tests/rules", "-x"]) == [("pytest", "-n", "2", "--dist", "loadgroup", "tests/rules", "-x")]
    assert check.commands(["bench", "P9"]) == [("tests.bench", "P9")]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings all it needs")
def test_that_an_absent_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRISE_NO_APT", "1")
    assert system_libraries.missing({"libc.so.6": "libc6", "libpetal.so.7": "libpetal7"}) == {
        "libpetal.so.7": "libpetal7"
    }
    assert system_libraries.missing(system_libraries.WITHOUT_A_DISPLAY) == {}
    assert not system_libraries.install(["libpetal7"])


@pytest.mark.skipif(not shutil.which("ldd"), reason="needs the loader's own list")
@pytest.mark.parametrize(
    "part",
    [
        "plugins/*/libqoffscreen.so",
        "plugins/*/libqxcb.so",
        "plugins/*/libqwayland.so",
        "plugins/*/libcups*.so",
        "lib/libQt6Pdf.so.*",
        "lib/libQt6PrintSupport.so.*",
    ],
)
def test_that_every_library_qt_may_lack_is_one_we_install(part: str) -> None:
    qt = Path(str(importlib.metadata.distribution("PySide6_Essentials").locate_file("PySide6/Qt")))
    files = list(qt.glob(part))
    assert files
    listed = subprocess.run(["ldd", *files], capture_output=True, encoding="utf-8", check=True).stdout
    known = system_libraries.WITHOUT_A_DISPLAY | system_libraries.FOR_A_WINDOW_AND_A_PRINTER
    assert set(re.findall(r"(\S+) => not found", listed)) <= set(known)
