"""Words that people write into a register where nothing was decided: they fill the cell and say nothing."""

from chahe.rules.citation import Sureness
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

UNSAID = Parameter(
    (
        "無",
        "未定",
        "未訂",
        "未訂定",
        "未分級",
        "未標示",
        "待定",
        "待補",
        "待確認",
        "不明",
        "n/a",
        "na",
        "none",
        "tbd",
        "-",
        "--",
        "—",
        "－",
        "/",
        "?",
        "？",
    ),
    Unit.NAMES,
    Stricter.MORE,
    Text(
        "清冊中等於沒有填的字詞；我們的清單，公司可以增列",
        "words in a register that amount to a blank; the list is ours, and the firm may add to it",
    ),
    Sureness.UNCONFIRMED,
)
"""For the parameter `unsaid`: compare `lower(trim(column))` with its values, which are in lower case."""
