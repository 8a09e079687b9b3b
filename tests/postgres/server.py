"""A PostgreSQL of its own for the tests: on a free loopback port, in a temporary folder, gone with who asked for it.

A process of its own keeps it, and stops it as soon as the pipe from its parent ends, however the parent ended.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL

TRIES = 3
"""Somebody else may take the free port before the server does."""

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
full_page_writes = off
synchronous_commit = off
shared_buffers = 256MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
jit = off
timezone = 'UTC'
"""


class ServerUnavailable(Exception):
    """Its text says why no PostgreSQL could be started."""


@contextmanager
def running_server(programs: Path) -> Iterator[URL]:
    """A started server whose databases are in UTF-8 and ordered by code point; `programs` holds its `initdb`."""
    command = [sys.executable, __file__, str(programs)]
    # In a session of its own, so that Ctrl+C in the terminal reaches the tests first and the server last.
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as keeper:
        assert keeper.stdout is not None
        told = json.loads(keeper.stdout.readline() or '{"problem": "its keeper ended without a word"}')
        if "problem" in told:
            raise ServerUnavailable(told["problem"])
        yield URL.create("postgresql+psycopg", "tester", told["password"], "127.0.0.1", told["port"], "postgres")


def main(programs: Path) -> None:
    # Where the user that the server may have to run as can get to; the folder that root was told to use may be closed.
    place = Path(tempfile.mkdtemp(prefix="reprise-postgres-", dir="/tmp" if _other_user() else None))
    try:
        _keep(programs, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _keep(programs: Path, place: Path) -> None:
    password = secrets.token_urlsafe()
    (place / "password").write_text(password, encoding="utf-8")
    try:
        _make_cluster(programs, place)
        port = _start(programs, place)
    except subprocess.CalledProcessError as error:
        said = (error.stdout or "").strip() + _read(place / "log")
        _tell({"problem": f"{Path(error.cmd[0]).name} said: {said}"})
        return
    except OSError as error:
        _tell({"problem": str(error)})
        return
    try:
        _tell({"port": port, "password": password})
        sys.stdin.read()  # ends when the parent does
    finally:
        _run([programs / "pg_ctl", "stop", "--mode=immediate", "--pgdata", place / "data"])


def _make_cluster(programs: Path, place: Path) -> None:
    if user := _other_user():
        shutil.chown(place, user)
        shutil.chown(place / "password", user)
    make = [programs / "initdb", "--pgdata", place / "data", "--username=tester", f"--pwfile={place / 'password'}"]
    _run([*make, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"])
    with (place / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)


def _start(programs: Path, place: Path) -> int:
    for left in reversed(range(TRIES)):
        port = _free_port()
        start = [programs / "pg_ctl", "start", "--wait", "--timeout=60", "--pgdata", place / "data"]
        try:
            _run([*start, f"--log={place / 'log'}", f"--options=-p {port}"])
            return port
        except subprocess.CalledProcessError:
            if not left:
                raise
    raise AssertionError("the last try either returned or raised")


def _run(command: list[Any]) -> None:
    user = _other_user()
    switch: dict[str, Any] = {"user": user, "group": _group_of(user), "extra_groups": []} if user else {}
    # Its own output goes nowhere that the server would inherit and hold open.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        code = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False, **switch
        ).returncode
        if code:
            said.seek(0)
            raise subprocess.CalledProcessError(code, [str(part) for part in command], said.read())


def _other_user() -> str | None:
    """PostgreSQL refuses to run as root; whom it runs as instead."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""


def _tell(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201  the parent reads it


if __name__ == "__main__":
    main(Path(sys.argv[1]))
