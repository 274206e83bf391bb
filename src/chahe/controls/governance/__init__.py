"""Controls of the governance of information security: risk, classes, drills, rules, officers, audit findings, own controls."""
