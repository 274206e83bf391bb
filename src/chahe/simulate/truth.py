"""What was planted in the example firm, and what was put beside it that only looks like it: written beside the files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from chahe.simulate.cast import Silence

CONTROLS: Final = (
    "disposition-prepayment-missing", "special-customer-uncontrolled", "restricted-sale-unapproved", "insider-transfer-mismatch",
    "firewall-log-backup", "audit-log-unreviewed", "machine-room-access-unreviewed", "firewall-log-retention",
    "firewall-log-gaps", "firewall-missing", "firewall-rules-unreviewed", "log-shrunk", "privileged-use-unapproved",
    "account-unrequested", "vendor-top-privilege", "vendor-account-after-end", "leaver-account-active",
    "dormant-account-unreviewed", "password-age", "password-policy-weak", "default-credential",
    "audit-log-incomplete", "audit-log-retention", "audit-log-gaps", "vulnerability-scan-overdue",
    "vulnerability-untreated", "official-site-vulnerable", "receipt-time-missing", "pre-trade-check-missing",
    "risk-level-undefined", "information-unclassified", "policy-missing", "recovery-drill-overdue",
    "security-officer-missing", "audit-finding-untracked", "internal-control-breach", "incident-unreported",
    "incident-uncorrected", "personal-data-breach-late", "firewall-rule-too-open", "important-system-exposed",
    "contract-clause-missing", "change-unapproved", "change-record-incomplete", "production-edited-directly",
    "program-content-unknown", "network-assessment-overdue", "antivirus-stale", "security-patch-overdue",
    "external-link-unwarned", "remote-access-uncontrolled", "remote-access-unreviewed", "privileged-use-unrecorded",
    "order-record-incomplete", "order-record-retention", "third-party-equipment", "usage-rules-missing",
    "unfair-access", "inventory-mismatch", "unfair-latency", "order-overtaking", "outsourcing-stage-undocumented",
    "library-outdated", "mobile-app-untested", "capacity-untested", "personal-data-exposed", "account-shared",
    "rights-exceed-request", "order-login-single-factor", "trading-outage-unreported",
    "money-between-staff-and-customer", "order-over-limit", "customer-data-query-unapproved", "shared-contact",
    "complaint-step-missed", "profit-guaranteed", "custody-of-customer-property", "default-late-report",
    "default-concentration", "credit-assessment-missing", "recommendation-irregular",
    "supervision-failed", "insider-account-left-open",
    "supervision-failed",
    "firewall-log-backup", "audit-log-unreviewed", "machine-room-access-unreviewed",
    "firewall-log-retention", "firewall-log-gaps", "firewall-missing", "firewall-rules-unreviewed", "log-shrunk",
    "privileged-use-unapproved", "account-unrequested", "vendor-top-privilege", "vendor-account-after-end",
    "leaver-account-active", "dormant-account-unreviewed", "password-age", "password-policy-weak",
    "default-credential", "audit-log-incomplete", "audit-log-retention", "audit-log-gaps",
    "vulnerability-scan-overdue", "vulnerability-untreated", "official-site-vulnerable", "receipt-time-missing",
    "pre-trade-check-missing", "risk-level-undefined", "information-unclassified", "policy-missing",
    "recovery-drill-overdue", "security-officer-missing", "audit-finding-untracked", "internal-control-breach",
    "incident-unreported", "incident-uncorrected", "personal-data-breach-late", "firewall-rule-too-open",
    "important-system-exposed", "contract-clause-missing", "change-unapproved", "change-record-incomplete",
    "production-edited-directly", "program-content-unknown", "network-assessment-overdue", "antivirus-stale",
    "security-patch-overdue", "external-link-unwarned", "remote-access-uncontrolled", "remote-access-unreviewed",
    "privileged-use-unrecorded", "order-record-incomplete", "order-record-retention", "third-party-equipment",
    "usage-rules-missing", "unfair-access", "inventory-mismatch", "unfair-latency", "order-overtaking",
    "outsourcing-stage-undocumented", "library-outdated", "mobile-app-untested", "capacity-untested",
    "personal-data-exposed", "account-shared", "rights-exceed-request", "order-login-single-factor",
    "trading-outage-unreported", "money-between-staff-and-customer", "order-over-limit",
    "customer-data-query-unapproved", "shared-contact", "complaint-step-missed",
    "opposite-trade-linked", "shared-ip", "customer-account-used",
)  # fmt: skip
"""The controls for which the firm holds a breach and a near miss each."""

Value = str | int | date | Silence | None


@dataclass(frozen=True, slots=True)
class Finding:
    control: str
    key: Mapping[str, Value]
    scenario: str
    told_zh: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    control: str
    key: Mapping[str, Value]
    why_silent: str


@dataclass
class Truth:
    """Filled by the scenarios. A Silence in a key stands for the moment of the last record before it."""

    findings: list[Finding] = field(default_factory=list)
    near_misses: list[NearMiss] = field(default_factory=list)

    def planted(self, control: str, scenario: str, told_zh: str, **key: Value) -> None:
        """A breach that must be found under this natural key."""
        self.findings.append(Finding(_known(control), key, scenario, told_zh))

    def silent(self, control: str, why: str, **key: Value) -> None:
        """Something that looks like a breach and must not be found."""
        self.near_misses.append(NearMiss(_known(control), key, why))

    def to_json(self) -> str:
        deficient = {one.control for one in self.findings}
        return json.dumps(
            {
                "findings": [
                    {"control": one.control, "key": _plain(one.key), "scenario": one.scenario, "told_zh": one.told_zh}
                    for one in self.findings
                ],
                "conforming": [control for control in CONTROLS if control not in deficient],
                "unevidenced": [],
                "near_misses": [
                    {"control": one.control, "key": _plain(one.key), "why_silent": one.why_silent}
                    for one in self.near_misses
                ],
            },
            ensure_ascii=False,
            indent=1,
        )


def _known(control: str) -> str:
    if control not in CONTROLS:
        raise ValueError(f"no such control: {control}")
    return control


def _plain(key: Mapping[str, Value]) -> dict[str, str | int | None]:
    return {name: _told(value) for name, value in key.items()}


def _told(value: Value) -> str | int | None:
    if isinstance(value, Silence):
        return value.last_us
    return value.isoformat() if isinstance(value, date) else value
