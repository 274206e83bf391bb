"""`chahe vault`: what is kept, whether it is unaltered, and how it is proved, copied and let go. One command a module."""

from pathlib import Path

import click

from chahe.cli.gathering import Commands


@click.group(
    cls=Commands.of(__name__, Path(__file__).parent),
    help="證據庫：狀態、驗證、證明、備份與保存。 (the vault: status, verify, prove, back up, hold)",
)
def command() -> None:
    """Only gathers the commands."""
