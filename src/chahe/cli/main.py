"""The entry point."""

import sys
from pathlib import Path

import click

import chahe
from chahe.cli.gathering import Commands


@click.group(
    cls=Commands.of("chahe.cli", Path(__file__).parent),
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
