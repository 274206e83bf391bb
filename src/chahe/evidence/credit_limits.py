"""Limits on what a customer may order in a day: how much, since when, set and approved by whom, and on what grounds."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="credit_limits",
    heading="單日買賣額度紀錄",
    row=Text("一次核給、調高或調低的單日買賣額度", "one single-day limit as it was granted, raised or lowered"),
    shape=Shape.REGISTER,
    key=("limit_id",),
    stale_after_months=3,
    personal=True,
    columns=(
        Column(
            "limit_id",
            Kind.TEXT,
            "額度編號",
            Text("額度紀錄的編號", "number of the record"),
            required=True,
            also=("額度申請編號",),
        ),
        Column(
            "customer_id",
            Kind.NAME,
            "客戶編號",
            Text(
                "額度屬於哪一位客戶；依帳號核給則可空白",
                "whose limit it is; may be blank where it is given to an account",
            ),
            also=("客戶代號", "歸戶編號"),
        ),
        Column(
            "account",
            Kind.NAME,
            "客戶帳號",
            Text(
                "只給一個帳戶的額度填帳號；整位客戶的額度空白",
                "the account, where the limit is of one account; blank: of the whole customer",
            ),
            also=("證券帳號", "委託人帳號"),
        ),
        Column(
            "daily_limit",
            Kind.DECIMAL,
            "單日買賣額度（元）",
            Text("新臺幣元，買賣合計", "NT$, buys and sells together"),
            required=True,
            also=("單日買賣額度", "核給額度", "單日額度"),
        ),
        Column(
            "valid_from_us",
            Kind.MOMENT,
            "額度生效時間",
            Text(
                "開始適用的時刻；只知道日子則填額度生效日",
                "when it began to hold; where only the day is known, that is given instead",
            ),
        ),
        Column(
            "valid_from_on",
            Kind.DATE,
            "額度生效日",
            Text("開始適用的日子；當天何時起算不明", "the day it began to hold; from what hour is not said"),
            also=("額度起日",),
        ),
        Column(
            "valid_until",
            Kind.DATE,
            "額度到期日",
            Text("臨時額度適用的最後一天；沒有期限則空白", "last day of a temporary limit; blank: without end"),
            also=("額度迄日",),
        ),
        Column(
            "set_by",
            Kind.NAME,
            "額度申請人",
            Text("提出或設定的人", "who asked for it or set it"),
            also=("額度設定人",),
        ),
        Column("approved_by", Kind.NAME, "額度核准人", Text("核准的人", "who approved it"), also=("額度核准主管",)),
        Column(
            "approved_at_us",
            Kind.MOMENT,
            "額度核准時間",
            Text(
                "核准的時刻；只知道日子則填額度核准日",
                "when it was approved; where only the day is known, that is given instead",
            ),
        ),
        Column(
            "approved_on",
            Kind.DATE,
            "額度核准日",
            Text("核准的日子", "the day it was approved"),
        ),
        Column(
            "assessment_id",
            Kind.TEXT,
            "徵信編號",
            Text("核給所依據的徵信", "the credit assessment it rests on"),
            also=("徵信表編號",),
        ),
        Column(
            "basis",
            Kind.TEXT,
            "核給依據",
            Text("核給或調整的理由", "why it was granted or changed"),
            also=("調整原因",),
        ),
    ),
)
