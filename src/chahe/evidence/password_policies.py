"""What passwords and sign-ins a system’s settings allow."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="password_policies",
    heading="密碼原則設定",
    row=Text("一個系統的一套密碼原則", "one password policy of one system"),
    shape=Shape.SNAPSHOT,
    key=("system", "scope", "setting_source"),
    covered_by="system",
    stale_after_months=3,
    columns=(
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("設定所在的系統、主機或網域", "the system, host or domain"),
            required=True,
            also=("主機名稱", "系統"),
            naming=Naming.HOST,
        ),
        Column(
            "scope",
            Kind.CHOICE,
            "適用對象",
            Text("適用於誰；未分則空白", "whom it binds; null where not divided"),
            choices={"staff": Text("員工", "staff"), "customer": Text("客戶", "customer"), "all": Text("全部", "all")},
        ),
        Column(
            "setting_source",
            Kind.TEXT,
            "設定來源",
            Text("login.defs、pam、AD 原則等", "login.defs, pam, AD policy …"),
            required=True,
        ),
        Column(
            "min_length",
            Kind.INTEGER,
            "最短長度",
            Text("密碼最短字元數", "least number of characters"),
            also=("密碼最短長度",),
        ),
        Column(
            "min_classes",
            Kind.INTEGER,
            "字元種類數",
            Text("至少需要幾種字元（大寫、小寫、數字、符號）", "how many kinds of character are needed"),
        ),
        Column("complexity", Kind.BOOLEAN, "要求複雜度", Text("要求混合字元種類", "a mix of characters is enforced")),
        Column(
            "lockout_attempts",
            Kind.INTEGER,
            "鎖定次數",
            Text("失敗幾次後鎖定；0 表示不鎖定", "failures before lock-out; 0 means never"),
            also=("登入失敗鎖定次數",),
        ),
        Column(
            "max_age_days",
            Kind.INTEGER,
            "最長使用天數",
            Text(
                "密碼多少天後必須更換；0 或 99999 表示永不到期",
                "days after which a password must be changed; 0 or 99999 means never",
            ),
            also=("密碼最長使用期限",),
        ),
    ),
)
