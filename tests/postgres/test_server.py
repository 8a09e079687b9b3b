"""The server of the tests is found, is what the program expects of one, and never outlives who started it."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

import database_server
from tests.postgres.server import ServerUnavailable, running_server


def test_that_it_keeps_any_script_and_orders_by_code_point(server: Engine) -> None:
    with server.connect() as connection:
        ordered = text(
            "SELECT word FROM (VALUES ('z'), ('Ł'), ('a'), ('王'), ('é'), ('B')) AS words (word) ORDER BY word"
        )
        assert list(connection.scalars(ordered)) == ["B", "a", "z", "é", "Ł", "王"]
        assert connection.scalar(text("SHOW server_encoding")) == "UTF8"


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed for certain there")
def test_that_it_ends_when_who_started_it_is_killed(server: Engine) -> None:
    start = (
        "import sys; from pathlib import Path; from tests.postgres.server import running_server\n"
        "with running_server(Path(sys.argv[1])) as url:\n"
        "    print(url.port, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    programs = database_server.find_programs()
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", start, str(programs)], stdin=pipe, stdout=pipe, stderr=pipe) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        port = int(child.stdout.readline())
        socket.create_connection(("127.0.0.1", port)).close()
        child.kill()
        child.stderr.read()  # ends when the server's keeper has ended too
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_that_a_server_that_cannot_start_says_why() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)  # not pytest's folder, which is closed to the user that the server runs as
        place.chmod(0o755)
        for program in database_server.PROGRAMS:
            (place / program).write_text("#!/bin/sh\necho no room on the disk\nexit 1\n", encoding="utf-8")
            (place / program).chmod(0o755)
        with pytest.raises(ServerUnavailable, match="initdb said: no room on the disk"), running_server(place):
            pass


def test_that_a_server_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ServerUnavailable, match="initdb"), running_server(tmp_path):
        pass


class TestTheProgramsOfTheServer:
    @pytest.fixture
    def versions(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
        for version, names in (("9", database_server.PROGRAMS), ("15", database_server.PROGRAMS), ("16", ("initdb",))):
            place = tmp_path / version / "bin"
            place.mkdir(parents=True)
            for name in names:
                (place / name).touch(0o755)
        return tmp_path

    def test_that_the_newest_complete_version_is_taken(self, versions: Path) -> None:
        assert database_server.find_programs(versions) == versions / "15" / "bin"

    def test_that_those_on_the_search_path_come_first(self, versions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(versions / "9" / "bin"))
        assert database_server.find_programs(versions) == versions / "9" / "bin"

    def test_that_nothing_is_installed_where_apt_is_not_to_be_asked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REPRISE_NO_APT", "1")
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(database_server, "find_programs", lambda: None)
        assert not database_server.provide()
