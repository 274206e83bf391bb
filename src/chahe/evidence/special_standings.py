"""Customers of special standing: what they are, since when, since when the firm knows, and what is left to them."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="special_standings",
    heading="特殊身分客戶",
    row=Text("一位客戶的一種特殊身分", "one special standing of one customer"),
    shape=Shape.REGISTER,
    key=("customer_id", "standing", "symbol", "standing_from"),
    stale_after_months=1,
    personal=True,
    columns=(
        Column(
            "customer_id",
            Kind.NAME,
            "客戶編號",
            Text("有此身分的客戶", "the customer"),
            required=True,
            also=("客戶代號", "歸戶編號"),
        ),
        Column(
            "standing",
            Kind.CHOICE,
            "特殊身分",
            Text("身分的種類", "the kind of standing"),
            required=True,
            also=("身分種類",),
            choices={
                "insider": Text("內部人", "insider of the firm"),
                "minor": Text("未成年", "minor"),
                "guardianship": Text("受監護或輔助宣告", "under guardianship or assistance"),
                "bankrupt": Text("受破產宣告", "bankrupt"),
                "frozen": Text("扣押或凍結", "frozen by court or authority"),
                "defaulted": Text("違約未結案", "in unsettled default"),
                "authority_staff": Text("主管機關或交易所職員", "staff of the authority or the exchange"),
                "foreign": Text("外國人", "foreigner, registered"),
                "overseas_chinese": Text("華僑", "overseas Chinese, registered"),
                "unregistered_foreign": Text("未辦登記之境外投資人", "investor from abroad, not registered"),
                "mainland": Text("大陸地區投資人", "investor from mainland China"),
                "investment_commission": Text(
                    "須經投審會核准賣出", "holder whose sales the Investment Commission must approve"
                ),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "symbol",
            Kind.TEXT,
            "限制證券代號",
            Text("只及於一檔證券者填其代號；空白則及於全部", "where it touches one security alone; blank: all"),
        ),
        Column("standing_from", Kind.DATE, "身分起日", Text("不知則空白", "first day; blank: not known")),
        Column(
            "standing_until",
            Kind.DATE,
            "身分迄日",
            Text("最後一日；仍有此身分則空白", "last day; blank while it stands"),
        ),
        Column(
            "known_on",
            Kind.DATE,
            "公司知悉日",
            Text("公司知悉的日子；空白視為自始知悉", "the day the firm learned of it; blank: from the beginning"),
            also=("知悉日",),
        ),
        Column(
            "daily_limit",
            Kind.DECIMAL,
            "電子交易單日限額",
            Text(
                "公司對此客戶電子委託所設的單日金額上限，新臺幣元；未設則空白",
                "NT$ a day that the firm allows the customer to order electronically; blank: none",
            ),
            also=("單日限額",),
        ),
    ),
)
