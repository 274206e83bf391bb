"""The truth of an example firm as its `truth.json` tells it: what was planted, and what only looks like it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from chahe.findings.identity import finding_id
from chahe.wording import Text


class BadTruth(Exception):
    """The file is not a truth; `text` says what is wrong in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Told:
    """One planted breach, or one near miss, under its control and natural key."""

    control: str
    key: Mapping[str, object]
    scenario: str
    """Empty for a near miss that belongs to none."""
    why: str
    """What was done; of a near miss, why it must stay silent. In Chinese, as the simulator writes it."""

    @property
    def finding(self) -> str:
        """The number that a finding of it has."""
        return finding_id(self.control, self.key)


@dataclass(frozen=True, slots=True)
class Truth:
    planted: tuple[Told, ...]
    near_misses: tuple[Told, ...]


def truth_from_json(text: str) -> Truth:
    """Raises BadTruth where the text is not the truth of an example firm."""
    try:
        raw = json.loads(text)
        return Truth(
            tuple(Told(one["control"], dict(one["key"]), one["scenario"], one["told_zh"]) for one in raw["findings"]),
            tuple(
                Told(one["control"], dict(one["key"]), one.get("scenario", ""), one["why_silent"])
                for one in raw["near_misses"]
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadTruth(
            Text(
                f"不是範例公司的真相檔（{error}）；請以 chahe simulate 或 chahe demo 重新產生這個資料夾",
                f"is not the truth of an example firm ({error}); make the folder again with chahe simulate or chahe demo",
            )
        ) from error
