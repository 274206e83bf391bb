"""Why a sealed file cannot be opened, and what to do about it."""

from chahe.cli.unusable_secrets import why_unusable
from chahe.vault.errors import Destroyed, Unopenable, VaultError
from chahe.wording import Text


def without_keys(unopened: int, withheld: int) -> Text:
    """What a verification could not look into."""
    return Text(
        f"有 {unopened:,} 個密封的原始檔無法打開（沒有金鑰），只核對了密封後的內容；{withheld:,} 個由密封檔讀出的證據檔不在這裡，"
        "用到它們的控制點會是無法佐證。要取回請以 chahe vault restore --sealed-from 還原，並備妥封裝金鑰",
        f"{unopened:,} sealed raw files could not be opened for want of keys, and were checked as they lie there; {withheld:,} files of "
        "evidence read from sealed files are not here, and controls that need them cannot tell. To have them back, restore with "
        "chahe vault restore --sealed-from, the wrapping key at hand",
    )


def why_closed(error: VaultError) -> Text:
    """What is said in place of a raw record that cannot be had; other errors as they word themselves."""
    from chahe.engine.sealing import NoWrappingKey

    match error:
        case NoWrappingKey():
            why = why_unusable(error.cause)
            return Text(
                f"原始檔含個人資料，已密封（{error.object[:12]}…）；封裝金鑰 {why.zh}。請從備份還原封裝金鑰檔，"
                "或在 chahe.toml 的 [vault] wrapping_key 指定它的位置",
                f"the raw file holds personal data and is sealed ({error.object[:12]}…); the wrapping key {why.en}. Restore the key's "
                "file from its copy, or say under [vault] wrapping_key in chahe.toml where it is",
            )
        case Unopenable():
            return Text(
                f"原始檔含個人資料，已密封（{error.object[:12]}…），現有的封裝金鑰打不開：{error.why}。請換回當時的封裝金鑰檔",
                f"the raw file holds personal data and is sealed ({error.object[:12]}…), and the wrapping key at hand does not open it: "
                f"{error.why}. Put the key's file of that time back",
            )
        case Destroyed():
            return Text(
                f"原始檔已密封（{error.object[:12]}…），它的金鑰已銷毀，或這份還原沒有它；期滿刪除者無法復原，"
                "未隨備份匯出者請以 chahe vault restore --sealed-from 還原",
                f"the raw file is sealed ({error.object[:12]}…), and its own key was destroyed or not restored; what left after its "
                "period cannot be had back, what was exported apart comes back by chahe vault restore --sealed-from",
            )
    return Text(str(error), str(error))
