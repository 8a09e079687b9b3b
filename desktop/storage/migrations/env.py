"""Runs migrations, or compares the models with a store; Alembic loads this file by its place.

The connection comes from whoever asks (`desktop.storage.schema.upgrade`, `generate`), already inside its transaction.
"""

from __future__ import annotations

from alembic import context

from desktop.storage.migrations.rendering import render_plain
from desktop.storage.search_index import compared_with_models

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,  # SQLite changes a column by building the table again
    render_item=render_plain,
    compare_type=True,
    include_name=compared_with_models(connection),
)
with context.begin_transaction():
    context.run_migrations()
