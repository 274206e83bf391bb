"""A firewall rule on its way to `firewall_rules`: what every reader of rule bases fills in, and how it becomes a row. No reader of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from chahe.sources.firewall_rules.network_sets import every
from chahe.sources.firewall_rules.service_sets import every_service
from chahe.sources.model import Row, Setting
from chahe.wording import Text

RULES: Final = "firewall_rules"

DEVICE = Setting(
    "device",
    Text(
        "檔案沒有寫明設備名稱時，是哪一部防火牆的規則",
        "whose rules these are, where the file does not name the firewall",
    ),
)
NO_POLICY = Text(
    "這份設定沒有任何安全規則；請匯出完整的設定（含政策與物件），或不要把它列為規則來源",
    "this configuration holds no security rule; export the whole configuration with policies and objects, or do not list it as a source of rules",
)
OBJECT = Text("位址、服務等物件，已展開到引用它的規則", "an object; it is expanded into the rules that use it")
OTHER = Text("與安全規則無關的設定", "a setting that is no security rule")
PART = Text("規則的一部分，併入規則第一行的那一筆", "part of a rule; it is in the row at the rule's first line")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. Texts as written come as tuples; expansions as canonical words (`network_sets`, `service_sets`)."""

    device: str
    policy: str
    position: int
    rule: str
    action: str | None
    enabled: bool = True
    rule_name: str | None = None
    rule_uid: str | None = None
    source_zone: tuple[str, ...] = ()
    destination_zone: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    source_addresses: tuple[str, ...] = ()
    destination_addresses: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    mapped_addresses: tuple[str, ...] = ()
    mapped_services: tuple[str, ...] = ()
    applications: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    goes_to: str | None = None
    schedule: str | None = None
    starts_on: date | None = None
    expires_on: date | None = None
    logged: bool | None = None
    hit_count: int | None = None
    last_hit_on: date | None = None
    comment: str | None = None
    tags: tuple[str, ...] = ()
    created_on: date | None = None
    changed_on: date | None = None
    changed_by: str | None = None

    def row(self) -> Row:
        """The rule as a row of `firewall_rules`."""
        plain = ("device", "policy", "position", "rule", "action", "enabled", "rule_name", "rule_uid", "goes_to",
                 "schedule", "starts_on", "expires_on", "logged", "hit_count", "last_hit_on", "comment", "created_on",
                 "changed_on", "changed_by")  # fmt: skip
        listed = ("source_zone", "destination_zone", "source", "destination", "service", "applications", "users",
                  "conditions", "tags")  # fmt: skip
        expanded = ("source_addresses", "destination_addresses", "services", "mapped_addresses", "mapped_services")
        return Row(
            RULES,
            {
                **{name: getattr(self, name) for name in plain},
                **{name: ", ".join(getattr(self, name)) or None for name in listed},
                **{name: " ".join(getattr(self, name)) or None for name in expanded},
                "source_any": every(self.source_addresses),
                "destination_any": every(self.destination_addresses),
                "service_any": self._every_service(),
            },
        )

    def _every_service(self) -> bool | None:
        if self.applications and "any" not in self.applications:
            return False
        return every_service(self.services)
