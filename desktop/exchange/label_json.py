"""What a label says, as JSON for other programs: dates as ISO writes them, every character of it plain ASCII."""

from __future__ import annotations

import json
from typing import Any

from desktop.exchange.read_label import FACTS, ReadLabel


def label_json(read: ReadLabel) -> str:
    """`raw` as it was received, `outcome`, `issuer`, every fact (null where none is offered), then how it was read."""
    told: dict[str, Any] = {
        "raw": read.raw,
        "outcome": read.outcome.value,
        "issuer": read.issuer and read.issuer.value,
        **{name: _plain(getattr(read, name)) for name in FACTS},
        "parts": [{"code": part.code, "title": part.title, "text": part.text} for part in read.parts],
        "problems": [{"kind": problem.outcome.value, "message": problem.message} for problem in read.problems],
        "remarks": list(read.remarks),
    }
    return json.dumps(told, indent=2)


def _plain(fact: Any) -> Any:
    return fact if fact is None or isinstance(fact, str | int) else fact.isoformat()
