"""Lists of accounts, groups and rights, and the rules for passwords."""
