"""Requests to connect to internal systems from outside."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="remote_requests",
    heading="遠端連線申請",
    row=Text("一份申請", "one request"),
    shape=Shape.REGISTER,
    key=("request_id",),
    stale_after_months=3,
    columns=(
        Column(
            "request_id",
            Kind.TEXT,
            "遠端申請編號",
            Text("申請單的編號", "number of the request"),
            required=True,
            also=("遠端連線申請單號",),
        ),
        Column(
            "account",
            Kind.NAME,
            "連線帳號",
            Text("遠端連線所用的帳號", "the account to connect with"),
            required=True,
            naming=Naming.ACCOUNT,
        ),
        Column(
            "person_id",
            Kind.NAME,
            "連線人員",
            Text("使用帳號的人", "who is to connect"),
            also=("連線人員編號",),
        ),
        Column(
            "purpose",
            Kind.TEXT,
            "連線事由",
            Text("連線的事由", "what for"),
        ),
        Column(
            "approver_id",
            Kind.NAME,
            "遠端核准主管",
            Text("核准的權責主管", "the responsible manager who approved"),
            also=("核准主管編號",),
        ),
        Column(
            "approved_at_us",
            Kind.MOMENT,
            "遠端核准時間",
            Text("核准的時間", "when it was approved"),
        ),
        Column(
            "valid_from_us",
            Kind.MOMENT,
            "連線期間起",
            Text("准許連線的開始", "from when connecting is allowed"),
            required=True,
        ),
        Column(
            "valid_until_us",
            Kind.MOMENT,
            "連線期間迄",
            Text("准許連線的結束", "until when"),
            required=True,
        ),
    ),
)
