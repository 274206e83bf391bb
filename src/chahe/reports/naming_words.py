"""What the kinds of names, and the rules that bring names together, are called."""

from collections.abc import Mapping

from chahe.wording import Text

NAMINGS: Mapping[str, Text] = {"host": Text("主機", "host"), "account": Text("帳號", "account")}
NAMING_RULES: Mapping[str, Text] = {
    "declared": Text("身分對照表", "declared in the list of identities"),
    "fqdn": Text("唯一以此短名開頭的完整網域名稱", "the only FQDN that begins with the short name"),
    "address": Text("唯一擁有此位址的主機", "the only host with that address"),
    "serial": Text("防火牆清冊的序號", "the serial number in the register of firewalls"),
    "domain": Text("只有一個網域有此帳號", "only one domain has that account"),
    "sid": Text("唯一擁有此 SID 的帳號", "the only account with that SID"),
    "": Text("無法判定，請在身分對照表寫明", "cannot be told; declare it in the list of identities"),
}
"""By rule; the empty one is none: the name is ambiguous."""
