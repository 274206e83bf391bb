"""Reviews of accounts and rights that have gone unused, with the decision on each."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="access_reviews",
    heading="帳號權限審查紀錄",
    row=Text(
        "一次審查對一個帳號的決定；帳號空白表示整個系統已審查",
        "one decision on one account; a blank account says the whole system was reviewed",
    ),
    shape=Shape.REGISTER,
    key=("review_id", "system", "account"),
    stale_after_months=6,
    columns=(
        Column(
            "review_id",
            Kind.TEXT,
            "審查編號",
            Text("審查紀錄的編號", "number of the review record"),
            required=True,
            also=("編號",),
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("所審查的系統", "the system reviewed"),
            required=True,
            also=("系統",),
            naming=Naming.HOST,
        ),
        Column(
            "account",
            Kind.NAME,
            "帳號",
            Text("所審查的帳號；空白表示整個系統", "the account reviewed; blank for the whole system"),
            also=("使用者帳號",),
            naming=Naming.ACCOUNT,
        ),
        Column(
            "reviewed_on",
            Kind.DATE,
            "審查日",
            Text("審查的日期", "day of the review"),
            required=True,
            also=("審查日期",),
        ),
        Column(
            "reviewer_id", Kind.NAME, "審查人", Text("審查人員的編號", "who reviewed"), also=("審查人編號", "審查人員")
        ),
        Column(
            "decision",
            Kind.CHOICE,
            "決定",
            Text("保留、停用或刪除", "keep, disable or delete"),
            also=("審查結果",),
            choices={
                "keep": Text("保留", "keep"),
                "disable": Text("停用", "disable"),
                "delete": Text("刪除", "delete"),
            },
        ),
        Column("reason", Kind.TEXT, "理由", Text("決定的理由", "why")),
    ),
)
