"""The identity of a finding: its control and the natural key of the exception; the same tomorrow as today."""

import json
from collections.abc import Mapping
from hashlib import sha256

_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
"""Made once: `json.dumps` makes one for each text."""


def finding_id(control: str, key: Mapping[str, object]) -> str:
    """`<control>-<ten hex digits>`; the digits stand for the control and the key's values by name."""
    named = _WRITER.encode([control, {name: _plain(value) for name, value in key.items()}])
    return f"{control}-{sha256(named.encode()).hexdigest()[:10]}"


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
