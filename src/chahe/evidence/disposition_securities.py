"""Securities under special measures on a day: disposition, attention, altered trading, limits on orders (T30)."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.evidence.trading_choices import WHICH_SECURITY
from chahe.wording import Text

table = Table(
    name="disposition_securities",
    heading="處置及注意有價證券",
    row=Text("一檔證券在一段期間受到的措施", "the measures one security is under for a time"),
    shape=Shape.LOG,
    key=("market", "begins_on", "symbol"),
    time="effective_at_us",
    covered_by="market",
    on_trading_days=True,
    columns=(
        Column(
            "effective_at_us",
            Kind.MOMENT,
            "生效時間",
            Text("措施開始的時刻（臺北零時）", "when the measures begin (midnight in Taipei)"),
        ),
        Column(
            "begins_on",
            Kind.DATE,
            "處置起日",
            Text("措施適用的第一天", "the first day the measures are in force"),
            also=("處置開始日",),
        ),
        Column(
            "ends_on",
            Kind.DATE,
            "處置迄日",
            Text("措施適用的最後一天；逐日的檔案與起日相同", "the last day; the first, where a file is for one day"),
            also=("處置結束日",),
        ),
        *WHICH_SECURITY,
        Column(
            "measure",
            Kind.CHOICE,
            "處置別",
            Text("處置的種類", "the kind of disposition"),
            required=True,
            also=("處置措施", "處置股票註記"),
            choices={
                "none": Text("未處置", "none"),
                "disposition": Text("處置", "disposition"),
                "further": Text("再次處置", "further disposition"),
                "flexible": Text("彈性處置", "flexible disposition"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "attention",
            Kind.BOOLEAN,
            "注意股票",
            Text("是否公布為注意股票", "is it announced as an attention security?"),
            also=("注意股票註記",),
        ),
        Column(
            "trading_method",
            Kind.CHOICE,
            "交易方式",
            Text(
                "普通、變更交易（全額交割）、變更交易並分盤",
                "normal, altered (full delivery), altered and in call auctions",
            ),
            choices={
                "normal": Text("普通", "normal"),
                "full_delivery": Text("全額交割", "full delivery"),
                "full_delivery_call": Text("全額交割並分盤交易", "full delivery, in call auctions"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "order_restricted",
            Kind.BOOLEAN,
            "委託限制",
            Text("證券商的委託申報金額是否受限", "is the amount that a broker may enter limited?"),
            also=("委託限制註記",),
        ),
        Column(
            "match_interval_minutes",
            Kind.INTEGER,
            "撮合間隔",
            Text("分盤撮合的間隔，分鐘；0 為逐筆", "minutes between call auctions; 0 in continuous trading"),
            also=("撮合循環時間", "撮合間隔分鐘"),
        ),
        Column(
            "single_order_limit_lots",
            Kind.INTEGER,
            "單筆委託限制",
            Text(
                "一筆達到這個數量即須預收，交易單位（張）",
                "from so many trading units in one order, payment is due before",
            ),
            also=("單筆委託限制數量",),
        ),
        Column(
            "cumulative_limit_lots",
            Kind.INTEGER,
            "多筆委託限制",
            Text(
                "當日累積達到這個數量即須預收，交易單位（張）",
                "from so many trading units in a day, payment is due before",
            ),
            also=("多筆委託限制數量", "累積委託限制"),
        ),
        Column(
            "prepay_percent",
            Kind.INTEGER,
            "款券預收成數",
            Text("須預收的百分比", "per cent of money or securities due before"),
            also=("預收成數", "預收比率"),
        ),
    ),
)
