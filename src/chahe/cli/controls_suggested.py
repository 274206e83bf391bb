"""What `chahe controls --assure --suggest` prints: cases that would tell survivors, ready to be read and pasted."""

from pathlib import Path
from typing import TYPE_CHECKING

from chahe.cli.screen import Screen
from chahe.wording import Text

if TYPE_CHECKING:
    from chahe.controls.model import Control
    from chahe.engine.assurance import Assurance


def print_suggestions(screen: Screen, control: "Control", path: Path, found: "Assurance") -> None:
    """Cases that would tell survivors, ready to be read and pasted, and the survivors for which none was found."""
    from chahe.engine.casebook import read_cases
    from chahe.engine.fat_cases import put_together
    from chahe.engine.suggestions import search

    title = "one step from the cases above, each subject in the way its name says"
    findings = list(search(control, read_cases(path), found.survivors, worlds=15, seed=1))
    left = {one.fingerprint for one in found.survivors}
    for one in put_together(control, findings, title=title):
        left -= {mutant.fingerprint for mutant in one.tells}
        screen.say(
            Text(
                f"  這個案例測得出 {len(one.tells)} 個；預期結果是控制點現在所說的，請先判斷是否正確：",
                f"  this case tells {len(one.tells)}; it expects what the control says now: judge first whether that is right",
            )
        )
        screen.raw(f"\n{one.text}")
    if left:
        screen.say(
            Text(
                f"  改動數千次仍測不出，可能等價：{'、'.join(sorted(left))}",
                f"  thousands of changes told nothing, perhaps equivalent: {', '.join(sorted(left))}",
            ),
            "yellow",
        )
