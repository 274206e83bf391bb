"""The JSON that records are kept in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pytest

from chahe.engine.outcome import Outcome
from chahe.engine.record import canonical
from chahe.wording import Text


@dataclass(frozen=True, slots=True)
class Kept:
    outcome: Outcome
    reasons: tuple[Text, ...]
    row: Mapping[str, object]


def test_records_outcomes_and_wordings_are_told_with_sorted_keys_at_every_depth() -> None:
    kept = Kept(Outcome.NOT_APPLICABLE, (Text("無", "none"),), MappingProxyType({"b": None, "a": {"d": 1, "c": "１"}}))
    assert canonical([kept]).decode() == (
        '[{"outcome":"not applicable","reasons":[["無","none"]],"row":{"a":{"c":"１","d":1},"b":null}}]'
    )


def test_what_json_has_no_form_for_is_refused() -> None:
    with pytest.raises(TypeError, match="JSON has no form for b'raw'"):
        canonical({"row": b"raw"})
