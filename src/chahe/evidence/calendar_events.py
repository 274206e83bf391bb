"""Events of calendars: drills, reviews, meetings; one row an occurrence."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="calendar_events",
    heading="行事曆事件",
    row=Text("事件的一次發生；週期事件每次一列", "one occurrence of an event; a recurring one has a row for each"),
    shape=Shape.REGISTER,
    key=("calendar", "event_id", "begins_at_us"),
    stale_after_months=12,
    personal=True,
    columns=(
        Column(
            "event_id",
            Kind.TEXT,
            "事件識別",
            Text("行事曆給事件的識別", "the calendar's own id of the event"),
            also=("uid",),
        ),
        Column("calendar", Kind.TEXT, "行事曆", Text("行事曆的名稱", "name of the calendar")),
        Column(
            "begins_at_us",
            Kind.MOMENT,
            "開始時間",
            Text(
                "開始的時間；整天事件為當日 00:00",
                "when it begins; an all-day event at midnight of its day",
            ),
            required=True,
            also=("事件開始", "會議開始時間", "演練開始時間"),
        ),
        Column(
            "ends_at_us",
            Kind.MOMENT,
            "結束時間",
            Text("結束的時間；整天事件為次日 00:00", "when it ends; an all-day event at midnight after its last day"),
            also=("事件結束", "會議結束時間", "演練結束時間"),
        ),
        Column("all_day", Kind.BOOLEAN, "整天", Text("是整天的事件", "it lasts whole days"), also=("全天",)),
        Column(
            "summary",
            Kind.TEXT,
            "事件名稱",
            Text("事件的標題", "title of the event"),
            also=("會議名稱", "演練名稱", "活動名稱"),
        ),
        Column(
            "description", Kind.TEXT, "事件說明", Text("說明全文", "its description"), also=("會議內容", "演練內容")
        ),
        Column("location", Kind.TEXT, "地點", Text("地點", "where"), also=("會議地點", "演練地點")),
        Column(
            "organiser",
            Kind.TEXT,
            "召集人",
            Text("召集人的電子郵件或名稱", "mail address or name of who called it"),
            also=("主辦人", "主席"),
        ),
        Column(
            "attendees",
            Kind.TEXT,
            "與會人員",
            Text("受邀者，一行一位", "those invited, one a line"),
            also=("參加人員", "出席人員", "參與人員"),
        ),
        Column(
            "accepted",
            Kind.TEXT,
            "確認出席者",
            Text("回覆參加的人，一行一位", "those who said they would come, one a line"),
        ),
        Column(
            "status",
            Kind.CHOICE,
            "事件狀態",
            Text("確定、暫定或取消", "confirmed, tentative or cancelled"),
            choices={
                "confirmed": Text("確定", "confirmed"),
                "tentative": Text("暫定", "tentative"),
                "cancelled": Text("取消", "cancelled"),
            },
        ),
        Column("categories", Kind.TEXT, "事件類別", Text("類別，以逗號分隔", "its categories, parted by commas")),
        Column(
            "recurrence_id_us",
            Kind.MOMENT,
            "原訂時間",
            Text("週期事件此次原訂的開始時間", "when this occurrence of a recurring event was first set to begin"),
        ),
        Column("recurs", Kind.BOOLEAN, "週期事件", Text("是週期事件的一次", "it is one of a series")),
        Column(
            "changed_at_us",
            Kind.MOMENT,
            "最後修改時間",
            Text("行事曆所記的修改時間", "when the calendar last changed it"),
        ),
    ),
)
