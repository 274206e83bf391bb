"""Complaints and reports of misconduct that the firm received."""

from chahe.evidence.complaint_kinds import COMPLAINT_KINDS
from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="complaints",
    heading="客戶申訴登記簿",
    row=Text("一件申訴或檢舉", "one complaint or report"),
    shape=Shape.REGISTER,
    key=("complaint_id",),
    stale_after_months=1,
    personal=True,
    columns=(
        Column(
            "complaint_id",
            Kind.NAME,
            "申訴案號",
            Text("案件編號", "number of the case"),
            required=True,
            also=("檢舉案號",),
        ),
        Column("received_on", Kind.DATE, "申訴收件日", Text("收到的日期", "day it was received"), also=("申訴受理日",)),
        Column(
            "complaint_kind",
            Kind.CHOICE,
            "申訴案件種類",
            Text("申訴、檢舉或爭議", "which kind"),
            choices=COMPLAINT_KINDS,
        ),
        Column(
            "customer_id",
            Kind.NAME,
            "申訴客戶編號",
            Text("申訴的客戶；不是客戶則空白", "the customer; blank where it is none"),
        ),
        Column(
            "subject_id",
            Kind.NAME,
            "被申訴員工編號",
            Text("案件所指的員工；不是針對員工則空白", "the employee it is about; blank where it is about none"),
            also=("被檢舉員工編號",),
        ),
        Column("summary", Kind.TEXT, "申訴摘要", Text("申訴的內容", "what it is about")),
        Column(
            "closed_on", Kind.DATE, "申訴結案日", Text("結案日期；處理中則空白", "day it was closed; blank while open")
        ),
    ),
)
