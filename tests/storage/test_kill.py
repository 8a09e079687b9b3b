from __future__ import annotations

from pathlib import Path

from sqlalchemy import select, text

from desktop.storage.check import check_store
from desktop.storage.store import open_store
from tests.storage.shelf import KEY, Box, pipe, save_until_killed, start


def test_that_no_acknowledged_save_is_lost_when_the_program_is_killed_25_times(practice: Path) -> None:
    acknowledged = 0
    for kill in range(25):
        hears, says = pipe()
        process = start(save_until_killed, practice, says)
        says.close()
        enough = acknowledged + 1 + kill * 3
        while acknowledged < enough:
            acknowledged = hears.recv()
        process.kill()
        process.join()
        try:
            while True:
                acknowledged = hears.recv()  # said before it died
        except EOFError:
            hears.close()

        database = open_store(practice, KEY)
        with database.unit_of_work(writing=False) as session:
            saved = list(session.scalars(select(Box.id).order_by(Box.id)))
            audited = list(session.scalars(text("SELECT record_id FROM audit_entry ORDER BY seq")))
        assert acknowledged <= len(saved) <= acknowledged + 1
        assert saved == audited == list(range(1, len(saved) + 1))
        assert [finding for finding in check_store(database, practice) if not finding.ok] == []
        database.close()
        acknowledged = len(saved)
