"""Addresses, phones and other details by which customers, staff and relatives of staff can be reached."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="contact_details",
    heading="聯絡資料",
    row=Text("一個人的一項聯絡資料", "one detail of one person"),
    shape=Shape.REGISTER,
    key=("party_kind", "party_id", "contact_kind", "contact_value"),
    stale_after_months=3,
    personal=True,
    columns=(
        Column(
            "party_kind",
            Kind.CHOICE,
            "身分",
            Text("誰的聯絡資料", "whose detail it is"),
            required=True,
            choices={
                "customer": Text("客戶", "customer"),
                "employee": Text("員工", "employee"),
                "relative": Text("員工關係人", "relative of an employee"),
            },
        ),
        Column(
            "party_id",
            Kind.NAME,
            "當事人編號",
            Text(
                "客戶編號、員工編號；關係人填其身分證字號",
                "number of the customer or employee; for a relative the national ID of the list of relatives",
            ),
            required=True,
        ),
        Column(
            "contact_kind",
            Kind.CHOICE,
            "聯絡資料種類",
            Text("地址、電話、電子郵件、代理人、緊急聯絡人、銀行帳戶", "what kind of detail"),
            required=True,
            choices={
                "registered_address": Text("戶籍地址", "registered address"),
                "mailing_address": Text("通訊地址", "mailing address"),
                "residence": Text("居住地址", "residence"),
                "phone": Text("電話", "telephone"),
                "mobile": Text("手機", "mobile phone"),
                "email": Text("電子郵件", "e-mail"),
                "emergency_contact": Text("緊急聯絡人", "emergency contact: the phone number"),
                "agent": Text("代理人", "agent: the phone number"),
                "settlement_account": Text("交割銀行帳戶", "bank account for settlement"),
                "bank_account": Text("其他銀行帳戶", "another bank account: declared, or found in an inquiry"),
                "statement_delivery": Text("對帳單寄送處", "where statements are sent"),
            },
        ),
        Column(
            "contact_value",
            Kind.TEXT,
            "聯絡內容",
            Text("地址、號碼或郵件地址，照原樣", "the address or number, as written"),
            required=True,
            also=("地址或號碼",),
        ),
        Column(
            "contact_name",
            Kind.TEXT,
            "聯絡人姓名",
            Text("代理人或緊急聯絡人的姓名", "name of the agent or emergency contact"),
        ),
        Column(
            "contact_national_id",
            Kind.TEXT,
            "聯絡人身分證字號",
            Text("代理人或緊急聯絡人的身分證字號", "national ID of the agent or emergency contact"),
        ),
        Column("used_from", Kind.DATE, "登記起日", Text("登記的日子", "the day it was registered"), also=("異動日期",)),
        Column(
            "used_until", Kind.DATE, "登記迄日", Text("不再使用的日子；仍使用則空白", "last day; blank while it stands")
        ),
        Column("changed_by", Kind.NAME, "異動經辦人", Text("登記這項資料的員工", "the employee who entered it")),
    ),
)
