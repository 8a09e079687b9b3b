"""The mark `@override`, without what its package costs the first window on Pythons older than 3.12."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if sys.version_info >= (3, 12):
    from typing import override
elif TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method):
        """Only the type checker heeds the mark."""
        return method


__all__ = ["override"]
