"""Customers’ applications for co-location: what was decided, why, and from when to when they used it."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="colocation_users",
    heading="共置使用申請",
    row=Text("一個帳號的一次申請與使用", "one application of one account, and the use that followed"),
    shape=Shape.REGISTER,
    key=("account", "applied_on"),
    stale_after_months=6,
    personal=True,
    columns=(
        Column("account", Kind.NAME, "客戶帳號", Text("客戶帳號", "the customer's account"), required=True),
        Column(
            "applied_on",
            Kind.DATE,
            "使用申請日",
            Text("客戶申請的日子", "day of the application"),
            required=True,
            also=("申請日期",),
        ),
        Column(
            "decision",
            Kind.CHOICE,
            "准駁",
            Text("核准或拒絕；未決定則空白", "granted or refused; blank while undecided"),
            choices={"granted": Text("核准", "granted"), "refused": Text("拒絕", "refused")},
        ),
        Column("reason", Kind.TEXT, "拒絕理由", Text("拒絕的理由", "why it was refused")),
        Column("used_from", Kind.DATE, "使用起日", Text("開始使用的日子", "first day of use"), also=("開始使用日",)),
        Column(
            "used_until",
            Kind.DATE,
            "使用迄日",
            Text("最後使用的日子；仍在使用則空白", "last day of use; blank while in use"),
        ),
    ),
)
