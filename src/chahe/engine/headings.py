"""What the columns of an exception are called on screens and in reports."""

from chahe.controls.catalogue import controls
from chahe.wording import Lang


def heading(control: str, column: str, lang: Lang) -> str:
    """The Chinese heading, where one of the control's evidence tables has that column; else the column's own name."""
    known = controls().get(control)
    if lang == "en" or known is None:
        return column
    for need in known.needs:
        if column in need.table.names:
            return need.table.column(column).heading
    return column
