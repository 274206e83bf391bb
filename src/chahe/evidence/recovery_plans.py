"""Plans to recover the firm’s systems, with the times and losses of data they allow."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="recovery_plans",
    heading="系統復原計畫清冊",
    row=Text("一個系統的復原計畫", "the recovery plan of one system"),
    shape=Shape.REGISTER,
    key=("plan_id", "system"),
    stale_after_months=12,
    columns=(
        Column(
            "plan_id",
            Kind.TEXT,
            "計畫編號",
            Text("復原計畫的編號", "number of the plan"),
            required=True,
            also=("復原計畫編號",),
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("計畫所涵蓋的系統", "the system it covers"),
            required=True,
            also=("系統",),
            naming=Naming.HOST,
        ),
        Column(
            "approved_on",
            Kind.DATE,
            "計畫核定日",
            Text("核定的日期", "day it was approved"),
            also=("核定日", "核定日期"),
        ),
        Column(
            "rto_minutes",
            Kind.INTEGER,
            "復原時間目標（分）",
            Text("可容忍的中斷時間，分鐘", "tolerable downtime in minutes"),
            also=("RTO", "RTO 分鐘"),
        ),
        Column(
            "rpo_minutes",
            Kind.INTEGER,
            "資料復原點目標（分）",
            Text("可容忍的資料損失，以分鐘計", "tolerable loss of data, as minutes of work"),
            also=("RPO", "RPO 分鐘"),
        ),
        Column(
            "ended_on",
            Kind.DATE,
            "計畫廢止日",
            Text("計畫有效的最後一天；仍有效則空白", "last day it holds; blank while it holds"),
            also=("廢止日",),
        ),
    ),
)
