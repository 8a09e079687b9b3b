"""How it is kept: key vault, encrypted store, units of work, audit chain, migrations."""
