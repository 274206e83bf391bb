"""What readers of CEF and LEEF say of lines that are no rows, and what they ask for. No reader of its own."""

from collections.abc import Mapping

from chahe.sources.model import Setting
from chahe.wording import Text

REASONS: Mapping[str, Text] = {
    "blank": Text("空白行", "blank line"),
    "sign_in": Text(
        "登入或登出的事件，不是網路連線；請由該系統自己的紀錄匯入",
        "somebody signing in or out, no network session; load it from that system's own records",
    ),
    "other": Text(
        "不是網路連線的事件（來源、目的、處置沒有全部記載）",
        "no event of a network session (source, destination and action are not all told)",
    ),
    "stranger": Text(
        "這一行沒有完整的 CEF 或 LEEF 標頭；請確認檔案來源、紀錄是否被截斷，或將其他內容分開",
        "this line has no whole header of CEF or LEEF; check where the file comes from and whether the record was cut, or part other content from it",
    ),
    "number": Text(
        "此欄應為數字（連接埠為 0 至 65535）；請確認紀錄是否遭截斷或改寫",
        "this field must be a number (ports from 0 to 65535); check whether the record was cut or rewritten",
    ),
    "time": Text(
        "時間無法解讀（應為毫秒數，或 Nov 22 2026 09:00:00 之類，時區為 UTC、+08:00 或本地）；請確認設備的時間格式",
        "the time cannot be read (milliseconds, or such as Nov 22 2026 09:00:00, in UTC, at an offset or local); check the device's format of times",
    ),
}
DEVICE = Setting(
    "device",
    Text("設備名稱，用於紀錄未載設備的檔案", "the device's name, for files whose records do not name it"),
)
