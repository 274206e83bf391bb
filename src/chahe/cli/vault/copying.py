"""What can go wrong between a vault and its backup, in words that say which of the two is at fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from chahe.cli.screen import Failure
from chahe.cli.steps import vault_failure
from chahe.wording import Lang, Text

_MOST = 200
"""Characters of what a store answered: object stores answer with whole documents."""


@contextmanager
def copying(backup: str, lang: Lang, *, restoring: bool) -> Iterator[None]:
    """Turns the errors of a copy to or from the place `backup` into Failure; others pass."""
    from obstore.exceptions import BaseError

    from chahe.vault.errors import Missing, Moved, Occupied, VaultError

    try:
        yield
    except Occupied as error:
        text = Text(
            "工作資料夾已經有證據庫，不會覆寫；請還原到新的工作資料夾，或加上 --drill 只做演練",
            "the workspace has a vault, which is not written over; restore into a new workspace, or add --drill to try it only",
        )
        raise Failure(text, lang) from error
    except Moved as error:
        text = Text(
            f"{backup} 與這個證據庫對不起來：{error}；請換一個空的位置，或先查明哪一邊才是完整的",
            f"{backup} and this vault do not go together: {error}; name an empty place, or find out first which of them is whole",
        )
        raise Failure(text, lang) from error
    except Missing as error:
        if not restoring:
            raise vault_failure(error, lang) from error
        text = Text(
            f"{backup} 不是證據庫的備份，或備份不完整（{error}）；請確認位置",
            f"{backup} is no backup of a vault, or not a whole one ({error}); check the place",
        )
        raise Failure(text, lang) from error
    except VaultError as error:
        raise vault_failure(error, lang) from error
    except (OSError, ValueError, BaseError) as error:
        said = " ".join(str(error).split())[:_MOST]
        text = Text(
            f"無法使用備份位置 {backup}：{said}；請確認位址、網路、空間與權限",
            f"the place of the backup, {backup}, cannot be used: {said}; check its address, the network, the room and the permissions",
        )
        raise Failure(text, lang) from error
