#!/bin/sh
# Makes .venv ready for `run` or `test`; does nothing when it is. Finds Python, the rest is in set_up.py.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
"$here/../.venv/bin/python" -E -S "$here/set_up.py" is-ready "$1" 2>/dev/null && exit 0
for python in python3 python3.13 python3.12 python3.11 python3.14 python; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$python" -E "$here/set_up.py" set-up "$1"
    fi
done
echo "Reprise needs Python 3.11 or newer (on Debian and Ubuntu: sudo apt install python3). Install it, then start again." >&2
exit 1
