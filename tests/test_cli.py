from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from desktop.cli import main
from desktop.opening import OpenPractice
from desktop.version import VERSION
from tests.conftest import PASSWORD


def call(*arguments: str, password: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "main.py", *arguments],
        input=password,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
        env={"PATH": "", "HOME": "/nonexistent"},
    )


def check(practice: OpenPractice, monkeypatch: pytest.MonkeyPatch, password: str = PASSWORD) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    return main(["check", str(practice.folder), "--user", "marchetti", "--password-stdin"])


def test_that_the_version_is_told() -> None:
    assert call("--version").stdout == f"Reprise {VERSION}\n"


@pytest.mark.parametrize("command", [(), ("tour",), ("handout",), ("check",), ("udi",)])
def test_that_help_explains(command: tuple[str, ...]) -> None:
    answer = call(*command, "--help")
    assert answer.returncode == 0
    assert "usage:" in answer.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("tour",),
        ("tour", "x", "--size", "big"),
        ("tour", "x", "--theme", "pink"),
        ("check",),
        ("udi",),
        ("--what",),
    ],
)
def test_that_a_wrong_call_ends_with_2_and_one_sentence(arguments: tuple[str, ...]) -> None:
    answer = call(*arguments)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert "Traceback" not in answer.stderr


def test_that_without_a_display_a_window_is_refused_in_a_sentence() -> None:
    answer = call()
    assert answer.returncode == 1
    assert "no display" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_that_a_sound_practice_passes_the_check(
    practice: OpenPractice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    practice.close()
    assert check(practice, monkeypatch) == 0
    assert "BAD" not in capsys.readouterr().out


def test_that_a_wrong_password_is_refused_in_a_sentence(
    practice: OpenPractice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    practice.close()
    assert check(practice, monkeypatch, "not the password at all") == 1
    refused = capsys.readouterr()
    assert refused.out == ""
    assert refused.err.count("\n") == 1


def test_that_a_changed_audit_is_found_by_the_check(
    practice: OpenPractice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with practice.database.engine.begin() as connection:
        for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text("UPDATE audit_entry SET account_name = 'Somebody else' WHERE seq = 2"))
    practice.close()
    assert check(practice, monkeypatch) == 1
    assert "BAD" in capsys.readouterr().out


def test_that_a_practice_that_is_not_there_is_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("x\n"))
    assert main(["check", str(tmp_path / "nowhere"), "--user", "m", "--password-stdin"]) == 1
    assert capsys.readouterr().err.startswith("reprise: ")
    assert not (tmp_path / "nowhere").exists()


def test_that_a_handout_that_lacks_something_says_what_and_writes_nothing(
    practice: OpenPractice,
    add_patient: Callable[..., int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:

    add_patient()
    practice.close()
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\n"))
    out = tmp_path / "handout.pdf"
    arguments = ["handout", str(practice.folder), "--patient", "000001", "--kind", "recovery", "--out", str(out)]
    assert main([*arguments, "--user", "marchetti", "--password-stdin"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("way", ["argument", "standard input"])
def test_that_a_label_is_told_as_json(way: str) -> None:
    label = "01095212345432131727123110LOTA1\x1d21SN0001"
    answer = call("udi", label) if way == "argument" else call("udi", "-", password=label)
    assert answer.returncode == 0
    assert answer.stderr == ""
    told = json.loads(answer.stdout)
    assert told["raw"] == label
    assert told["outcome"] == "read"
    assert (told["issuer"], told["device_identifier"]) == ("gs1", "09521234543213")
    assert (told["lot"], told["serial"], told["expires_on"], told["made_on"]) == ("LOTA1", "SN0001", "2027-12-31", None)
    assert told["parts"][1] == {"code": "17", "title": "Expires on", "text": "271231"}


@pytest.mark.parametrize(
    ("label", "outcome", "words"),
    [
        ("+A123BJC5D6E71F", "check_wrong", "is F and should be G"),
        ("10888628001228", "check_wrong", "should be 0"),
        ("01095212345432131727123110LOTA121SN0001", "doubtful", "holds no separators"),
        ("hello", "not_read", "no GS1, HIBCC or ICCBBA label"),
        ("", "not_read", "empty"),
    ],
)
def test_that_a_label_that_does_not_hold_ends_with_1_the_reason_and_still_the_json(
    label: str, outcome: str, words: str
) -> None:
    answer = call("udi", label)
    assert answer.returncode == 1
    assert answer.stderr.startswith("reprise: ")
    assert answer.stderr.count("\n") == 1
    assert words in answer.stderr
    told = json.loads(answer.stdout)
    assert (told["raw"], told["outcome"]) == (label, outcome)
    assert told["lot"] is None
    assert told["problems"][0]["kind"] == outcome


def test_that_the_bytes_of_a_label_come_out_as_they_went_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = b"+A123\xff\xfe\x1d\r\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert main(["udi", "-"]) == 1
    assert json.loads(capsys.readouterr().out)["raw"].encode("utf-8", "surrogateescape") == raw


def test_that_more_than_any_label_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, room: Any) -> int:
            self.given += len(room)
            assert self.given < 10_000_000
            return len(room)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    assert main(["udi", "-"]) == 1
    answer = capsys.readouterr()
    assert answer.out == ""
    assert "more to read than any label holds" in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("command", [("udi", "-"), ("check", "nowhere", "--user", "m", "--password-stdin")])
def test_that_a_closed_standard_input_is_told_in_one_line(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)  # as Python leaves it
    assert main(command) == 1
    answer = capsys.readouterr()
    assert (answer.out, answer.err) == ("", "reprise: there is nothing to read: the standard input is closed.\n")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_that_an_output_that_takes_nothing_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        program = [sys.executable, "main.py", "udi", "(01)09521234543213"]
        answer = subprocess.run(
            program, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=Path(__file__).parents[1]
        )
    assert answer.returncode == 1
    assert answer.stderr == "reprise: the output could not be written (No space left on device).\n"


def test_that_whoever_reads_only_the_beginning_is_not_told_of_a_mistake() -> None:
    program = [sys.executable, "main.py", "udi", "(01)09521234543213"]
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 1


def test_that_a_label_is_read_without_a_window_or_a_store() -> None:
    program = (
        "import sys; from desktop.cli import main; code = main(['udi', '(01)09521234543213']); "
        "loaded = {'PySide6', 'sqlalchemy', 'sqlcipher3', 'zxingcpp'} & set(sys.modules); print(loaded, code)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert answer.stdout.splitlines()[-1] == "set() 0"
