"""The entry point: finds the commands by their files, and loads only the one that is called."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import click

import chahe
import chahe.cli

_NOT_COMMANDS = {"main", "first_file", "findings", "screen", "options", "exits", "steps", "pages", "unusable_secrets"}


class Commands(click.Group):
    """A group whose commands are the modules of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(module.name for module in iter_modules(chahe.cli.__path__) if module.name not in _NOT_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"chahe.cli.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"chahe.cli.{cmd_name} declares no command")
        return command


@click.group(
    cls=Commands,
    help="Chahe 查核：在交易所查核之前，先查自己的紀錄，並拿得出證據。\n\n先 chahe init，再 chahe ingest，然後 chahe audit。"
    "  (Finds what the exchange's auditors would find, and proves it.)",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(chahe.__version__, prog_name="chahe")
def group() -> None:
    """Only gathers the commands."""


def main() -> None:
    """Run the command line. Never returns; exits with one of the codes of `chahe.cli.exits`."""
    from chahe.cli import exits, screen

    try:
        # Outside standalone mode click returns the code of an Exit instead of raising it.
        code = group.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else exits.FINE)
    except click.ClickException as error:
        error.show()
        sys.exit(exits.USAGE)
    except (KeyboardInterrupt, click.Abort):
        screen.stopped()
        sys.exit(exits.INTERRUPTED)
    except screen.Failure as error:
        screen.fail(error)
        sys.exit(error.code)
    except BrokenPipeError:
        # The reader of our output (head, less) went away; nothing is left to say to it.
        sys.stderr.close()
        sys.exit(exits.FINE)
