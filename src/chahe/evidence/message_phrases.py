"""What staff said that may be a promise: sentences of messages by kind, worked out of their words, with what stands around them."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

PHRASES = {
    "profit_guarantee": Text("保證獲利", "profit guaranteed"),
    "loss_sharing": Text("分擔損益", "gains or losses shared"),
    "discretionary": Text("代為操作", "trading taken over"),
    "lending": Text("借貸款項", "lending"),
    "custody": Text("代為保管", "keeping of a customer's things"),
}
"""The kinds that are looked for."""

table = Table(
    name="message_phrases",
    heading="話語判讀",
    row=Text("一則訊息中談到某一類承諾的一句話", "one sentence of a message that speaks of one kind of promise"),
    shape=Shape.DERIVED,
    key=("message_row", "phrase"),
    personal=True,
    columns=(
        Column("message_row", Kind.TEXT, "訊息", Text("是哪一則訊息", "the message"), required=True),
        Column(
            "number",
            Kind.INTEGER,
            "順序",
            Text("在同一對話、同一時刻、同一發話人的訊息中是第幾則", "its number among those of one sender and moment in a conversation"),
            required=True,
        ),
        Column("phrase", Kind.CHOICE, "類別", Text("談到什麼", "what it speaks of"), required=True, choices=PHRASES),
        Column(
            "stance",
            Kind.CHOICE,
            "語氣",
            Text("明白承諾或待人工判讀", "promised plainly, or for a person to read"),
            required=True,
            choices={
                "promised": Text("明白承諾", "promised plainly"),
                "doubtful": Text("語意不明，待人工判讀", "unclear: a person must read it"),
            },
        ),
        Column("quote", Kind.TEXT, "原文", Text("那一句話", "the sentence as it stands"), required=True),
        Column("context", Kind.TEXT, "前後文", Text("前後各兩則訊息", "two messages before and two behind")),
        Column("earlier_row", Kind.TEXT, "前一則", Text("前一則訊息", "the message before it")),
        Column("later_row", Kind.TEXT, "後一則", Text("後一則訊息", "the message behind it")),
        Column(
            "taken_back",
            Kind.BOOLEAN,
            "其後收回",
            Text("同一對話其後兩則內有訊息被收回", "a message was taken back within the next two of the conversation"),
        ),
    ),
)  # fmt: skip
