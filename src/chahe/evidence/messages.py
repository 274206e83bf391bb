"""What staff and customers wrote and said to one another: chats, and calls written down."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="messages",
    heading="通訊與通話紀錄",
    row=Text("一則訊息或一段話", "one message, or one passage of speech"),
    shape=Shape.LOG,
    key=(),
    time="said_at_us",
    covered_by="conversation",
    personal=True,
    columns=(
        Column(
            "said_at_us",
            Kind.MOMENT,
            "訊息時間",
            Text(
                "訊息送出或說話的時間；紀錄沒有日期則空白",
                "when it was sent or said; null where the record names no day",
            ),
            also=("發送時間", "傳送時間"),
        ),
        Column(
            "conversation",
            Kind.TEXT,
            "對話",
            Text("聊天室、群組或通話的名稱或編號", "the chat, group or call, by name or number"),
            also=("聊天室", "聊天群組", "通話編號", "錄音編號"),
        ),
        Column(
            "channel",
            Kind.CHOICE,
            "通訊管道",
            Text("以什麼方式聯絡", "how they spoke"),
            choices={
                "line": Text("LINE", "LINE"),
                "phone": Text("電話", "telephone"),
                "email": Text("電子郵件", "e-mail"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "sender",
            Kind.TEXT,
            "發話人",
            Text("紀錄上的名稱；系統訊息則空白", "by the name the record has; null for what the system says"),
            also=("發送人", "說話者", "傳送者"),
        ),
        Column(
            "sender_role",
            Kind.CHOICE,
            "發話人身分",
            Text("員工或客戶；紀錄不說則空白", "staff or customer; null where the record does not say"),
            choices={
                "staff": Text("員工", "staff"),
                "customer": Text("客戶", "customer"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "kind",
            Kind.CHOICE,
            "訊息種類",
            Text("文字、貼圖、照片、通話、收回等", "text, sticker, photo, call, taken back …"),
            choices={
                "text": Text("文字", "text"),
                "speech": Text("說話", "speech"),
                "sticker": Text("貼圖", "sticker"),
                "photo": Text("照片", "photo"),
                "video": Text("影片", "video"),
                "voice": Text("語音訊息", "voice message"),
                "file": Text("檔案", "file"),
                "call": Text("通話", "call"),
                "missed_call": Text("未接通的通話", "call not answered"),
                "unsent": Text("已收回", "taken back by its sender"),
                "system": Text("系統訊息", "what the system says"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "text",
            Kind.TEXT,
            "訊息內容",
            Text("訊息或所說的話，多行照原樣", "what was written or said, line breaks as they were"),
            required=True,
            also=("逐字稿", "對話內容"),
        ),
        Column("call_seconds", Kind.INTEGER, "通話秒數", Text("通話的長度，秒", "how long the call lasted, seconds")),
        Column(
            "offset_seconds",
            Kind.DECIMAL,
            "起點秒數",
            Text("從錄音開始算起的秒數", "seconds from the beginning of the recording"),
            also=("起始秒數",),
        ),
        Column(
            "offset_end_seconds",
            Kind.DECIMAL,
            "終點秒數",
            Text("說完時，從錄音開始算起的秒數", "where the passage ends, seconds from the beginning of the recording"),
        ),
    ),
)
