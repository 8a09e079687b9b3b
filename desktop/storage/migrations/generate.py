"""Writes the next migration from what the models have that the store has not:

    python -m desktop.storage.migrations.generate "Add the implant card"

Read what it wrote before keeping it; the guards against changes are renewed after every upgrade and need no line in it.
"""

from __future__ import annotations

import argparse
import secrets
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from sqlalchemy import MetaData

from desktop.storage.database import Database
from desktop.storage.schema import VERSIONS, alembic_settings, known_revisions, upgrade


def generate(message: str, metadata: MetaData, versions: Path = VERSIONS) -> Path:
    """Compare `metadata` with a store made by the migrations there are, and write the next one."""
    from alembic import command

    known = known_revisions(versions)
    number = f"{int(known[-1]) + 1 if known else 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "compared.db", secrets.token_bytes(48), create=True)
        try:
            if known:
                upgrade(database, versions)
            with database.engine.begin() as connection:
                settings = alembic_settings(versions)
                settings.attributes.update(connection=connection, metadata=metadata)
                with redirect_stdout(StringIO()):
                    command.revision(settings, message, autogenerate=True, rev_id=number)
        finally:
            database.close()
    (written,) = versions.glob(f"{number}_*.py")
    lines = written.read_text(encoding="utf-8").splitlines(keepends=True)
    written.write_text("".join(line for line in lines if "# ### " not in line), encoding="utf-8")
    for tidy in (("format", "--quiet"), ("check", "--fix", "--quiet")):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, str(written)], check=True)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the next migration from the models.")
    parser.add_argument("message", help="what changes, in a few words; becomes the file's name")
    message: str = parser.parse_args().message

    from desktop.models.tables import Base

    sys.stdout.write(f"{generate(message, Base.metadata)}\n")


if __name__ == "__main__":
    main()
