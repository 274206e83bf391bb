"""Who may approve the look-up of which kind of customers' data."""

from chahe.evidence.customer_data import DATA_CLASSES
from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="query_authorities",
    heading="客戶資料查詢核准權限",
    row=Text("一位主管對一類資料的核准權限", "one person's authority over one kind of data"),
    shape=Shape.REGISTER,
    key=("person_id", "data_class", "authority_from"),
    stale_after_months=12,
    columns=(
        Column(
            "person_id",
            Kind.NAME,
            "有權核准人編號",
            Text("可以核准的人", "who may approve"),
            required=True,
            also=("授權主管編號",),
        ),
        Column(
            "data_class",
            Kind.CHOICE,
            "核准資料類別",
            Text("可以核准查詢的資料", "which kind of data"),
            required=True,
            also=("授權資料類別",),
            choices={**DATA_CLASSES, "all": Text("全部", "all")},
        ),
        Column(
            "authority_from",
            Kind.DATE,
            "核准權限起日",
            Text("第一日", "first day"),
            required=True,
            also=("授權生效日",),
        ),
        Column(
            "authority_until",
            Kind.DATE,
            "核准權限迄日",
            Text("最後一日；仍有效則空白", "last day; blank while it holds"),
            also=("授權終止日",),
        ),
    ),
)
