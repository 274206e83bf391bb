"""Written requests for accounts and rights, with their approvals."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="access_requests",
    heading="帳號權限申請",
    row=Text("對一個帳號的一次申請", "one request for one account"),
    shape=Shape.REGISTER,
    key=("request_id", "system", "account"),
    stale_after_months=1,
    personal=True,
    columns=(
        Column(
            "request_id",
            Kind.TEXT,
            "申請單號",
            Text("申請單的編號", "number of the request form"),
            required=True,
            also=("單號", "申請編號"),
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("申請使用的系統", "the system asked for"),
            required=True,
            also=("系統",),
            naming=Naming.HOST,
        ),
        Column(
            "account",
            Kind.NAME,
            "帳號",
            Text("申請的帳號", "the account asked for"),
            required=True,
            also=("使用者帳號", "申請帳號"),
            naming=Naming.ACCOUNT,
        ),
        Column("requester_id", Kind.NAME, "申請人編號", Text("提出申請的人", "who asked"), also=("申請人",)),
        Column(
            "purpose", Kind.TEXT, "使用目的", Text("申請單所載目的", "the purpose stated"), also=("目的", "申請目的")
        ),
        Column("rights", Kind.TEXT, "申請權限", Text("申請單所載權限", "the rights stated"), also=("權限",)),
        Column("requested_on", Kind.DATE, "申請日", Text("提出申請的日期", "day of the request"), also=("申請日期",)),
        Column(
            "user_manager_id",
            Kind.NAME,
            "使用單位主管",
            Text("核可的使用單位主管", "user-unit manager who approved"),
            also=("使用單位主管編號",),
        ),
        Column(
            "user_manager_approved_on",
            Kind.DATE,
            "使用單位核可日",
            Text("使用單位主管核可的日期", "day the user-unit manager approved"),
            also=("使用單位主管核可日",),
        ),
        Column(
            "it_manager_id",
            Kind.NAME,
            "資訊單位主管",
            Text("核可的資訊單位主管", "IT manager who approved"),
            also=("資訊單位主管編號",),
        ),
        Column(
            "it_manager_approved_on",
            Kind.DATE,
            "資訊單位核可日",
            Text("資訊單位主管核可的日期", "day the IT manager approved"),
            also=("資訊單位主管核可日",),
        ),
    ),
)
