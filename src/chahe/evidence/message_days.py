"""The trading days of each channel of messages, and in how many conversations something was said: a day without any shows."""

from chahe.evidence.messages import table as messages
from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="message_days",
    heading="通訊每日帳",
    row=Text("一個通訊管道的一個交易日", "one trading day of one channel"),
    shape=Shape.DERIVED,
    key=("channel", "day_on"),
    columns=(
        Column(
            "channel",
            Kind.CHOICE,
            "通訊管道",
            Text("紀錄沒有寫管道者為其他", "other where the record names none"),
            required=True,
            choices=messages.column("channel").choices,
        ),
        Column("day_on", Kind.DATE, "交易日", Text("交易所交易的日子", "a day on which the exchange trades"), required=True),
        Column(
            "conversations",
            Kind.INTEGER,
            "對話數",
            Text("當日有訊息的對話，0 為整日沒有紀錄", "conversations with messages that day; 0: no record at all"),
            required=True,
        ),
    ),
)  # fmt: skip
