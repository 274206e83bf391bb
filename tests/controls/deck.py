"""Every item of the exchange's three decks, and the controls that answer it; a `*` stands for all controls so named.

資安 = the deck on information security, 業務 = the deck on business conduct, 共置 = the co-location audits.
"""

DECK = {
    "資安-1": "firewall-log-retention firewall-log-gaps firewall-log-backup",
    "資安-2": "firewall-missing",
    "資安-3": "change-unapproved",
    "資安-4": "security-patch-overdue antivirus-stale",
    "資安-5": "vulnerability-scan-overdue vulnerability-untreated",
    "資安-6": "information-unclassified policy-missing",
    "資安-7": "risk-level-undefined",
    "資安-8": "contract-clause-missing",
    "資安-9": "audit-log-retention audit-log-gaps",
    "資安-10": "audit-log-incomplete",
    "資安-11": "external-link-unwarned",
    "資安-12": "recovery-drill-overdue",
    "資安-13": "default-credential password-policy-weak password-age",
    "資安-14": "capacity-untested",
    "資安-15": "rights-exceed-request leaver-account-active dormant-account-unreviewed machine-room-access-unreviewed",
    "資安-16": "account-unrequested rights-exceed-request vendor-top-privilege vendor-account-after-end policy-missing",
    "資安-17": "mobile-app-untested",
    "資安-18": "personal-data-exposed personal-data-breach-late",
    "資安-19": "order-login-single-factor",
    "資安-20": "incident-unreported incident-uncorrected policy-missing",
    "資安案一-摘要": "pre-trade-check-missing order-over-limit",
    "資安案一-1": "unfair-access unfair-latency order-overtaking",
    "資安案一-2": "third-party-equipment",
    "資安案一-3": "receipt-time-missing order-record-incomplete order-record-retention",
    "資安案一-4": "firewall-missing firewall-rules-unreviewed firewall-rule-too-open",
    "資安案一-5": "usage-rules-missing",
    "資安案一-6": "vendor-top-privilege privileged-use-unapproved",
    "資安案一-7": "password-age vulnerability-scan-overdue change-record-incomplete audit-log-retention"
    " firewall-log-retention program-content-unknown",
    "資安案二": "official-site-vulnerable vulnerability-scan-overdue vulnerability-untreated network-assessment-overdue"
    " security-patch-overdue",
    "資安法規-一": "security-officer-missing",
    "資安法規-二": "incident-unreported incident-uncorrected",
    "業務-1": "restricted-sale-unapproved",
    "業務-2": "customer-account-used",
    "業務-3": "insider-account-left-open",
    "業務-4": "disposition-prepayment-missing",
    "業務-5": "money-between-staff-and-customer",
    "業務-6": "custody-of-customer-property",
    "業務-7": "recommendation-irregular",
    "業務-8": "trading-outage-unreported",
    "業務-9": "special-customer-uncontrolled",
    "業務-10": "customer-data-query-unapproved",
    "業務-11": "complaint-step-missed",
    "業務-12": "internal-control-breach audit-finding-untracked",
    "業務案一": "money-between-staff-and-customer profit-guaranteed customer-account-used supervision-failed",
    "業務案二": "customer-data-query-unapproved",
    "業務案三": "insider-transfer-mismatch",
    "業務案四": "opposite-trade-linked shared-ip shared-contact custody-of-customer-property customer-account-used"
    " insider-account-lent",
    "業務案五": "order-over-limit credit-assessment-missing default-late-report default-concentration",
    "業務案六": "default-concentration credit-assessment-missing",
    "共置-發現一": "receipt-time-missing order-record-incomplete",
    "共置-發現二": "firewall-missing firewall-log-retention firewall-log-gaps firewall-log-backup",
    "共置-發現三": "vendor-top-privilege vendor-account-after-end",
    "共置-發現四": "password-age",
    "共置-發現五": "audit-log-incomplete audit-log-retention audit-log-gaps audit-log-unreviewed log-shrunk",
    "共置-發現六": "vulnerability-scan-overdue vulnerability-untreated",
    "共置-發現七": "usage-rules-missing unfair-access unfair-latency order-overtaking",
    "共置-發現八": "third-party-equipment",
    "共置-稽核": "inventory-mismatch unfair-* order-overtaking usage-rules-missing",
    "共置-方向": "remote-access-* firewall-* important-system-exposed network-assessment-overdue privileged-use-*"
    " account-unrequested account-shared vendor-* dormant-account-unreviewed password-* default-credential audit-log-*"
    " contract-clause-missing outsourcing-stage-undocumented library-outdated change-* production-edited-directly"
    " vulnerability-* usage-rules-missing",
}

NOT_YET: frozenset[str] = frozenset()
"""The items of the two decks on systems that no control answers yet which is tried on the example firm.

An item leaves this set with its control's plant (`chahe.simulate.truth.CONTROLS`): tests/test_demo.py fails until it does.
"""
