"""Rights that accounts hold on a system: groups, roles, privileges."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="account_rights",
    heading="帳號權限",
    row=Text("一個帳號的一項權限", "one right of one account"),
    shape=Shape.SNAPSHOT,
    key=("system", "account", "right_name"),
    covered_by="system",
    stale_after_months=1,
    columns=(
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("權限所在的系統", "the system the right is on"),
            required=True,
            also=("主機名稱", "系統"),
            naming=Naming.HOST,
        ),
        Column(
            "account",
            Kind.NAME,
            "帳號",
            Text("持有權限的帳號", "the account that holds it"),
            required=True,
            also=("使用者帳號",),
            naming=Naming.ACCOUNT,
        ),
        Column(
            "right_name",
            Kind.NAME,
            "權限",
            Text("群組、角色或權限的名稱", "group, role or privilege"),
            required=True,
            also=("群組", "角色", "權限名稱"),
        ),
        Column(
            "top_privilege",
            Kind.BOOLEAN,
            "最高權限",
            Text(
                "是否為最高權限（root、Administrator、DBA、enable）",
                "is it top privilege (root, Administrator, DBA, enable)",
            ),
            required=True,
            also=("是否最高權限",),
        ),
    ),
)
