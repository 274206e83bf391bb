"""Commands found by their files: a module (or package) that has a function `command` is one; the one called is imported."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click

_DECLARED = "\ndef command("


class Commands(click.Group):
    """A group whose commands are the modules of a package. Use `Commands.of(package name, its folder)`."""

    package: str
    files: Mapping[str, Path]

    @classmethod
    def of(cls, package: str, folder: Path) -> type["Commands"]:
        """The class of the group; nothing is imported. Texts are read, since an import of each would slow `--help`."""
        found = {path.stem: path for path in folder.glob("*.py") if path.stem != "__init__"}
        found |= {path.parent.name: path for path in folder.glob("*/__init__.py")}
        files = {name: path for name, path in found.items() if _DECLARED in path.read_text("utf-8")}
        return type("Commands", (cls,), {"package": package, "files": files})

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(self.files)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in self.files:
            return None
        command = import_module(f"{self.package}.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.package}.{cmd_name} declares no command")
        return command
