"""Securities accounts: whose they are, of what kind, since when, and who looks after them."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="trading_accounts",
    heading="證券帳戶",
    row=Text("一個證券帳戶", "one securities account"),
    shape=Shape.REGISTER,
    key=("account",),
    stale_after_months=3,
    personal=True,
    columns=(
        Column(
            "account",
            Kind.NAME,
            "客戶帳號",
            Text("委託紀錄上的帳號", "the account as orders name it (FIX 1)"),
            required=True,
            also=("證券帳號", "委託人帳號"),
        ),
        Column(
            "customer_id",
            Kind.NAME,
            "客戶編號",
            Text("帳戶所有人", "whose account it is"),
            required=True,
            also=("客戶代號", "歸戶編號"),
        ),
        Column(
            "account_class",
            Kind.CHOICE,
            "帳戶類別",
            Text("一般、內部人、全權委託、自營、錯帳等", "ordinary, insider, discretionary, own, error …"),
            choices={
                "ordinary": Text("一般", "ordinary"),
                "insider": Text("內部人", "insider of the firm (帳號 98 開頭)"),
                "discretionary": Text("全權委託", "discretionary mandate"),
                "proprietary": Text("自營", "the firm's own"),
                "error": Text("錯帳", "error account"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "broker_id", Kind.TEXT, "分公司代號", Text("開戶的分公司", "the branch it is kept at"), also=("開戶據點",)
        ),
        Column(
            "representative_id",
            Kind.NAME,
            "營業員編號",
            Text("現在負責的營業員", "who looks after it now, by employee number"),
            also=("負責營業員", "營業員"),
        ),
        Column(
            "representative_from",
            Kind.DATE,
            "營業員接任日",
            Text("現任營業員開始負責的日子；自開戶起則空白", "since when; blank: since it was opened"),
        ),
        Column(
            "opened_on",
            Kind.DATE,
            "開戶日",
            Text("開戶的日子", "the day it was opened"),
            also=("開戶日期",),
            lasting=True,
        ),
        Column(
            "closed_on",
            Kind.DATE,
            "銷戶日",
            Text("銷戶或轉換的日子；仍開立則空白", "the day it was closed or converted; blank while open"),
            also=("銷戶日期",),
        ),
    ),
)
