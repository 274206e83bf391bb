"""Why a key or PIN is not used, be it in a file or in a token, and what to do about it."""

from typing import TYPE_CHECKING

from chahe.cli.screen import Failure
from chahe.vault.signing.secret_files import Fault, UnusableSecret
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.vault.signing.pkcs11_uri import TokenFailure

_WHY = {
    Fault.MISSING: Text(
        "沒有這個檔案；請確認路徑，或先建立金鑰", "there is no such file; check the path, or make the key first"
    ),
    Fault.EXISTS: Text(
        "已經存在，金鑰絕不覆寫；請換一個位置", "exists already, and a key is never written over; choose another place"
    ),
    Fault.UNREADABLE: Text("無法讀寫；請確認擁有者與權限", "cannot be read or written; check its owner and mode"),
    Fault.LINK: Text("是連結；請直接指定檔案本身", "is a link; name the file itself"),
    Fault.NO_FILE: Text(
        "不是一般檔案，或另有別名（硬連結）；請只留一份",
        "is no regular file, or has further names (hard links); keep one only",
    ),
    Fault.OWNER: Text(
        "屬於另一個使用者；請以擁有者執行，或更正擁有者",
        "belongs to another user; run as its owner, or correct the owner",
    ),
    Fault.MODE: Text(
        "別人也能讀寫；請執行 chmod 600，並考慮更換金鑰", "can be used by others; run chmod 600, and consider a new key"
    ),
    Fault.FOLDER: Text(
        "所在資料夾人人可寫，或屬於別人；請執行 chmod 700",
        "is in a folder that everybody may write to, or another user's; run chmod 700 on it",
    ),
    Fault.MALFORMED: Text("內容不是金鑰；請以備份還原", "holds no key; restore it from its copy"),
}


def secret_failure(error: UnusableSecret, lang: Lang) -> Failure:
    """The failure that a command ends with."""
    return Failure(why_unusable(error), lang)


def why_unusable(error: UnusableSecret) -> Text:
    """The file, why it is not used, and what to do."""
    why = _WHY[error.fault]
    return Text(f"{error.path}：{why.zh}", f"{error.path}: {why.en}")


_TOKEN_WHY = {
    "LIBRARY": Text("無法載入程式庫；請確認 module-path", "the library cannot be loaded; check module-path"),
    "SLOT": Text(
        "找不到這個標籤的權杖，或不只一個；請確認 token", "no token, or more than one, has this label; check token"
    ),
    "PIN": Text(
        "權杖不接受 PIN；請確認 pin-source 的內容，多試幾次可能鎖住權杖",
        "the token refuses the PIN; check what pin-source holds, for further attempts may lock the token",
    ),
    "BUSY": Text("本程式已在使用這個權杖", "this process uses the token already"),
    "KEY": Text(
        "權杖裡沒有這個標籤的 Ed25519 金鑰，或不只一把；請確認 object",
        "the token has no Ed25519 key of this label, or more than one; check object",
    ),
    "FAILED": Text("權杖故障或已拔出", "the token failed, or was pulled out"),
}
"""By the names of `chahe.vault.signing.pkcs11_uri.TokenFault`."""


def token_failure(error: "TokenFailure", lang: Lang) -> Failure:
    """The same, of a token."""
    why = _TOKEN_WHY[error.fault.name]
    detail = f" ({error.detail})" if error.detail else ""
    return Failure(Text(f"{error.where}：{why.zh}{detail}", f"{error.where}: {why.en}{detail}"), lang)
