"""`chahe vault`: what is kept, whether it is unaltered, and how it is proved, copied and let go. One command a module."""

from importlib import import_module
from pkgutil import iter_modules

import click


class Commands(click.Group):
    """A group whose commands are the modules of this folder that declare one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"{__name__}.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"{__name__}.{cmd_name} declares no command")
        return command


@click.group(
    cls=Commands, help="證據庫：狀態、驗證、證明、備份與保存。 (the vault: status, verify, prove, back up, hold)"
)
def command() -> None:
    """Only gathers the commands."""
