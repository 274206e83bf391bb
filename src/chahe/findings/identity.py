"""The identity of a finding: its control and the natural key of the exception; the same tomorrow as today."""

import json
from collections.abc import Mapping
from hashlib import sha256


def finding_id(control: str, key: Mapping[str, object]) -> str:
    """`<control>-<ten hex digits>`; the digits stand for the control and the key's values by name."""
    named = json.dumps(
        [control, {name: _plain(value) for name, value in key.items()}], ensure_ascii=False, sort_keys=True
    )
    return f"{control}-{sha256(named.encode()).hexdigest()[:10]}"


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
