r"""Accounts as firewalls write them, made the bare names that other records know them by. No reader of its own.

corp\chen     chen@corp.example     chen
"""


def without_domain(written: str) -> str | None:
    r"""The account of `DOMAIN\account` or `account@domain`; None where none is left."""
    name = written.rpartition("\\")[2]
    account, at, _ = name.rpartition("@")
    return (account if at else name).strip() or None
