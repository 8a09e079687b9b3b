"""Makes the virtual environment ready to run or to test Reprise, and knows without any network when it already is.

`set_up.py is-ready run|test` answers by its exit code; `set_up.py set-up run|test` does the work. It needs Python only.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import system_libraries

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.txt"
"""Written last and removed first: an environment without it was interrupted, or is not ours, and is made anew."""
LOCKS = {"run": ("requirements.lock",), "test": ("requirements.lock", "requirements-dev.lock")}
"""What each purpose installs; the last one holds all of it."""


class SetUpFailed(Exception):
    """Its text says what is missing and what to do."""


def wanted(purpose: str) -> set[str]:
    """The lines a stamp must have for `purpose`: this Python's version and the locks as they are today."""
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"
    return {python, *(f"{name} {hashlib.sha256((ROOT / name).read_bytes()).hexdigest()}" for name in LOCKS[purpose])}


def is_ready(purpose: str) -> bool:
    try:
        return wanted(purpose) <= set(STAMP.read_text(encoding="utf-8").splitlines())
    except FileNotFoundError:
        return False


def set_up(purpose: str) -> None:
    with only_one_at_a_time():
        if is_ready(purpose):
            return
        say("Setting up Reprise, once: this takes a minute or two and fetches about 150 MB.")
        install_system_libraries()
        if is_ready("run"):
            STAMP.unlink()
        else:
            make_environment()
        install_packages(LOCKS[purpose][-1])
        unfinished = STAMP.with_suffix(".part")
        unfinished.write_text("\n".join(sorted(wanted(purpose))) + "\n", encoding="utf-8")
        unfinished.replace(STAMP)
        say("Ready.")


def install_system_libraries() -> None:
    absent = system_libraries.missing()
    if not absent:
        return
    say(f"Qt draws the windows of Reprise; it needs libraries that this system lacks: {', '.join(absent)}.")
    packages = sorted(set(absent.values()))
    if system_libraries.install(packages):
        return
    advice = f"Please install them; on Debian and Ubuntu: sudo apt install {' '.join(packages)}"
    if system_libraries.missing(system_libraries.WITHOUT_A_DISPLAY):
        raise SetUpFailed(f"Nothing can be drawn without them. {advice}")
    say(f"Reprise works without them, but may not open a window on this screen. {advice}")


def make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        say(f"This Python comes without its tool for virtual environments; on Debian and Ubuntu that is {package}.")
        if not system_libraries.install([package]):
            raise SetUpFailed(f"Please install {package} (sudo apt install {package}), then start again.")
    if STAMP.exists():
        STAMP.unlink()
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetUpFailed(f"The virtual environment {VENV} could not be made: {error}") from error


def install_packages(lock: str) -> None:
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # Ready-made packages only: nothing is compiled here, and nothing runs before its hash was compared.
    options = ["--require-hashes", "--only-binary", ":all:", "--no-input", "--disable-pip-version-check", "--quiet"]
    pip = [str(python), "-I", "-m", "pip", "install", *options, "-r"]
    if subprocess.run([*pip, str(ROOT / lock)], stdout=sys.stderr, check=False).returncode:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetUpFailed(
            "The packages could not be installed; pip says why above. Check the network and the free disk space, then "
            f"start again. If it finds none for Python {version} on this system: use Python 3.11 to 3.14, 64-bit."
        )


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """A second start waits for the first: both would write the same environment."""
    with Path(__file__).open("r+b" if sys.platform == "win32" else "rb") as file:
        if sys.platform == "win32":
            import msvcrt

            # Far behind the end, because a locked byte cannot be read either.
            file.seek(1 << 30)
            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def say(text: str) -> None:
    """To the error stream: the program's own output may be piped on."""
    print(text, file=sys.stderr, flush=True)


def main(task: str, purpose: str) -> int:
    if task == "is-ready":
        return 0 if is_ready(purpose) else 1
    try:
        set_up(purpose)
    except SetUpFailed as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Set-up was interrupted; the next start begins it again.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
