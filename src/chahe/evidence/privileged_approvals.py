"""Approvals to use a top-privilege account."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="privileged_approvals",
    heading="最高權限使用核准",
    row=Text("一次使用最高權限的核准", "one approval to use top privilege"),
    shape=Shape.REGISTER,
    key=("approval_id",),
    stale_after_months=1,
    columns=(
        Column(
            "approval_id",
            Kind.TEXT,
            "核准單號",
            Text("核准單的編號", "number of the approval"),
            required=True,
            also=("單號",),
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("所使用的系統或主機", "the system or host"),
            required=True,
            also=("系統", "主機名稱"),
            naming=Naming.HOST,
        ),
        Column(
            "account",
            Kind.NAME,
            "帳號",
            Text("最高權限帳號", "the top-privilege account"),
            required=True,
            also=("最高權限帳號",),
            naming=Naming.ACCOUNT,
        ),
        Column(
            "requester_id",
            Kind.NAME,
            "申請人",
            Text("使用最高權限的人", "who is to use it"),
            required=True,
            also=("使用人",),
        ),
        Column(
            "approver_id",
            Kind.NAME,
            "核准人",
            Text("同意的權責主管", "the responsible manager who consented"),
            also=("權責主管",),
        ),
        Column("approved_at_us", Kind.MOMENT, "核准時間", Text("同意的時間", "when consent was given")),
        Column(
            "valid_from_us",
            Kind.MOMENT,
            "使用起",
            Text("准許使用的開始", "from when use is allowed"),
            required=True,
            also=("開始時間",),
        ),
        Column(
            "valid_until_us",
            Kind.MOMENT,
            "使用迄",
            Text("准許使用的結束", "until when use is allowed"),
            required=True,
            also=("結束時間",),
        ),
        Column("purpose", Kind.TEXT, "事由", Text("使用的事由", "what for"), also=("目的",)),
    ),
)
