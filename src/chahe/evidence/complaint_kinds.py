"""What the tables about complaints have in common: their kinds."""

from collections.abc import Mapping

from chahe.wording import Text

COMPLAINT_KINDS: Mapping[str, Text] = {
    "complaint": Text("申訴", "complaint of a customer"),
    "report": Text("檢舉", "report of misconduct"),
    "dispute": Text("爭議", "dispute"),
}
