#!/bin/sh
# Writes both locks from pyproject.toml, for every system at once, with hashes and without the name of any index.
# Arguments go to the resolver: `tools/lock.sh --upgrade` takes the newest versions that pyproject.toml allows.
set -e
cd -- "$(dirname -- "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch"
"$scratch/bin/python" -m pip install --quiet --disable-pip-version-check uv
lock() { "$scratch/bin/uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml "$@"; }
lock --output-file requirements.lock "$@"
lock --output-file requirements-dev.lock --group dev --constraint requirements.lock "$@"
