"""How a column is described to a person who fills it in or reads about it."""

from chahe.evidence.model import Column, Kind
from chahe.wording import Text

_KINDS = {
    Kind.TEXT: Text("文字", "text"),
    Kind.NAME: Text("名稱或代號", "name or number"),
    Kind.ADDRESS: Text("IP 位址", "IP address"),
    Kind.CHOICE: Text("選項", "choice"),
    Kind.INTEGER: Text("整數", "whole number"),
    Kind.DECIMAL: Text("數字（最多四位小數）", "number with up to four decimals"),
    Kind.BOOLEAN: Text("是／否", "yes or no"),
    Kind.DATE: Text("日期（西元或民國）", "day (Gregorian or ROC)"),
    Kind.MOMENT: Text("日期與時刻", "day and time of day"),
}


def kind_words(column: Column) -> Text:
    """What is to be filled in: 「整數」, “whole number”."""
    return _KINDS[column.kind]


def accepted_values(column: Column) -> Text:
    """The values a choice or a yes-or-no accepts, as a person writes them; empty for other kinds."""
    if column.kind is Kind.BOOLEAN:
        return Text("是、否", "是 (yes), 否 (no)")
    return Text(
        "、".join(text.zh for text in column.choices.values()),
        ", ".join(f"{text.zh} ({code})" for code, text in column.choices.items()),
    )


def offered_values(column: Column) -> tuple[str, ...]:
    """What a drop-down offers, in Chinese."""
    if column.kind is Kind.BOOLEAN:
        return ("是", "否")
    return tuple(text.zh for text in column.choices.values())
