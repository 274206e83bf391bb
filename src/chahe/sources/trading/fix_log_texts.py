"""What the reader of FIX logs says to people: its settings, and why a line is no row."""

from chahe.sources.model import Setting
from chahe.wording import Text

SETTINGS = (
    Setting(
        "exchange_comp_id",
        Text(
            "交易所端的 CompID（可用逗號分隔多個）；送往這些 CompID 的委託屬於公司至交易所",
            "the exchange's CompIDs, parted by commas; orders sent to one of them are on the leg from firm to exchange",
        ),
    ),
    Setting(
        "leg",
        Text(
            "其餘委託的方向：customer（客戶至公司）或 exchange（公司至交易所）",
            "the leg of all other orders: customer (to the firm) or exchange (from the firm)",
        ),
    ),
    Setting(
        "received_tag",
        Text(
            "委託訊息中記載接收時間（UTC）的自訂標籤號碼",
            "the number of the user-defined tag that holds the time of receipt (UTC) in order messages",
        ),
    ),
    Setting(
        "log_zone",
        Text(
            "日誌行首時間的時區，例如 Asia/Taipei 或 UTC；不設則用來源的時區",
            "the zone of the time that log lines begin with, as Asia/Taipei or UTC; the source's zone where not set",
        ),
    ),
    Setting(
        "trading_unit",
        Text(
            "一個交易單位的股數；送證交所的普通與定價委託以張計，設為 1000 即換算成股，不設則照原值",
            "the shares of a trading unit: lines to TWSE count units in regular and fixed-price trading, 1000 makes them shares; as written where not set",
        ),
    ),
)

BAD_LEG = Text(
    "設定 leg 只能是 customer 或 exchange，現在是「{value}」；請修改 chahe.toml",
    "the setting leg is customer or exchange, not `{value}`; change it in chahe.toml",
)
BAD_TAG = Text(
    "設定 received_tag 應為一至五位數的標籤號碼，現在是「{value}」；請修改 chahe.toml",
    "the setting received_tag is a tag number of one to five digits, not `{value}`; change it in chahe.toml",
)
BAD_ZONE = Text(
    "設定 log_zone 不是時區名稱：「{value}」；請改為 Asia/Taipei、UTC 等",
    "the setting log_zone is no zone: `{value}`; write Asia/Taipei, UTC or the like",
)
BAD_UNIT = Text(
    "設定 trading_unit 應為 1 至 1000000 的整數，現在是「{value}」；請修改 chahe.toml",
    "the setting trading_unit is a whole number from 1 to 1000000, not `{value}`; change it in chahe.toml",
)
OVERLONG = Text(
    "這一行超過 1 MiB，不可能是一則 FIX 訊息；請確認日誌每行一則訊息",
    "this line is longer than 1 MiB and cannot be one FIX message; log one message a line",
)
NO_MESSAGE = Text("沒有 FIX 訊息的日誌行", "a log line without a FIX message")
RESENT = Text("重送的訊息（43=Y），原訊息已在前面讀入", "a message sent again (43=Y); the first one was read before it")
STATUS = Text("不是成交的執行回報（35=8，150={kind}）", "an execution report (35=8, 150={kind}) that reports no fill")
STATUSES = {
    kind: Text(
        f"執行回報：{zh}（35=8，150={kind}），不是成交", f"a report that the order {en} (35=8, 150={kind}), no fill"
    )
    for kind, zh, en in (
        ("0", "新單已接受", "was accepted"),
        ("3", "當日結束", "is done for the day"),
        ("4", "已刪單", "was cancelled"),
        ("5", "已改單", "was replaced"),
        ("6", "刪單處理中", "is being cancelled"),
        ("7", "已停止", "was stopped"),
        ("8", "已拒絕", "was rejected"),
        ("9", "已暫停", "was suspended"),
        ("A", "新單處理中", "is being accepted"),
        ("B", "已計算", "was calculated"),
        ("C", "已失效", "expired"),
        ("D", "已重述", "was restated"),
        ("E", "改單處理中", "is being replaced"),
        ("I", "狀態查詢", "stands as asked for"),
    )
}
REPEATED_STATUS = Text(
    "重述委託狀態的回報（35=8，20=3），成交在先前已回報",
    "a report of an order's status (35=8, 20=3), which is no fill of its own",
)
UNFILLED = Text(
    "回報寫著成交（35=8，150={kind}），但沒有成交價與成交量，狀態（39）也不是成交；不是成交",
    "a report that says it is a fill (35=8, 150={kind}) but has neither price nor shares, nor the status (39) of one: no fill",
)
UNKNOWN_KIND = Text(
    "與委託、成交無關的 FIX 訊息（35={kind}）", "a FIX message about neither orders nor fills (35={kind})"
)

KINDS = {
    kind: Text(f"FIX {zh}（35={kind}）", f"FIX {en} (35={kind})")
    for kind, zh, en in (
        ("0", "心跳", "Heartbeat"),
        ("1", "測試要求", "TestRequest"),
        ("2", "重送要求", "ResendRequest"),
        ("3", "連線層拒絕", "Reject"),
        ("4", "序號重設", "SequenceReset"),
        ("5", "登出", "Logout"),
        ("A", "登入", "Logon"),
        ("9", "改刪單拒絕", "OrderCancelReject"),
        ("H", "委託狀態查詢", "OrderStatusRequest"),
        ("j", "業務層拒絕", "BusinessMessageReject"),
        ("k", "競價要求", "BidRequest"),
        ("r", "大量刪單回報", "OrderMassCancelReport"),
    )
}
UNREAD_KINDS = {
    kind: Text(
        f"這則訊息（35={kind}，{name}）含有委託，但不是逐筆委託，無法讀取；請提供逐筆委託的日誌",
        f"this message (35={kind}, {name}) holds orders, but not one by one, and is not taken apart; add a log of single orders",
    )
    for kind, name in (
        ("AB", "NewOrderMultileg"),
        ("AC", "MultilegOrderCancelReplace"),
        ("s", "NewOrderCross"),
        ("t", "CrossOrderCancelReplaceRequest"),
        ("u", "CrossOrderCancelRequest"),
        ("q", "OrderMassCancelRequest"),
    )
}
