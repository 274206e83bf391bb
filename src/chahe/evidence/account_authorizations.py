"""Persons who may act on another's securities account, as filed."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="account_authorizations",
    heading="帳戶授權",
    row=Text("一個人對一個帳戶的一項授權", "one authority of one person over one account"),
    shape=Shape.REGISTER,
    key=("account", "agent_name", "authority"),
    stale_after_months=3,
    personal=True,
    columns=(
        Column(
            "account", Kind.NAME, "客戶帳號", Text("被授權的帳戶", "the account"), required=True, also=("證券帳號",)
        ),
        Column("agent_name", Kind.TEXT, "受任人姓名", Text("受任人的姓名", "name of the agent"), required=True),
        Column(
            "national_id",
            Kind.TEXT,
            "受任人身分證字號",
            Text("寫法與客戶基本資料相同", "written as on the list of customers"),
        ),
        Column(
            "authority",
            Kind.CHOICE,
            "授權事項",
            Text("可以辦理什麼", "what the agent may do"),
            required=True,
            choices={
                "trade": Text("買賣", "trade"),
                "settle": Text("交割", "settle"),
                "collect": Text("領取", "collect securities or statements"),
                "discretionary": Text("全權委託", "discretionary mandate"),
                "legal_representative": Text("法定代理", "legal representative"),
            },
        ),
        Column("authority_from", Kind.DATE, "授權起日", Text("授權書的日子", "first day")),
        Column("authority_until", Kind.DATE, "授權迄日", Text("仍有效則空白", "last day; blank while it stands")),
    ),
)
