"""What the tables about customers' data have in common: the kinds of data that are looked up."""

from collections.abc import Mapping

from chahe.wording import Text

DATA_CLASSES: Mapping[str, Text] = {
    "opening": Text("開戶", "account opening"),
    "credit": Text("徵信", "credit"),
    "trading": Text("交易", "trading"),
    "custody": Text("集保", "custody"),
    "seal": Text("印鑑", "seal or signature card"),
}
"""As the rule on look-ups by staff names them (FL060598, points 7 and 8)."""
