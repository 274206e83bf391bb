"""What staff, or their relatives, and customers have in common: addresses, telephones, mail, bank accounts, agents, contacts."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="contact_links",
    heading="員工與客戶聯絡資料關聯",
    row=Text(
        "一位員工（或其關係人）與一位客戶在一個管道上最強的一項關聯，或一個無法判讀的地址",
        "the strongest tie between an employee (or a relative) and a customer in one channel, or an address that cannot be read",
    ),
    shape=Shape.DERIVED,
    key=("person_id", "customer_id", "channel"),
    personal=True,
    columns=(
        Column(
            "person_id",
            Kind.NAME,
            "員工編號",
            Text("關聯的員工；客戶地址無法判讀時空白", "the employee; null for an unread address of a customer"),
        ),
        Column(
            "customer_id",
            Kind.NAME,
            "客戶編號",
            Text("關聯的客戶；員工地址無法判讀時空白", "the customer; null for an unread address of staff"),
        ),
        Column(
            "channel",
            Kind.CHOICE,
            "管道",
            Text("什麼相同", "what they have in common"),
            required=True,
            choices={
                "address": Text("地址", "address"),
                "phone": Text("電話", "telephone"),
                "email": Text("電子郵件", "e-mail"),
                "settlement_account": Text("交割銀行帳戶", "bank account for settlement"),
                "agent": Text("代理人", "agent"),
                "emergency_contact": Text("緊急聯絡人", "emergency contact"),
                "statement": Text("對帳單寄送處", "where statements go"),
                "unread": Text("地址無法判讀", "address that cannot be read"),
            },
        ),
        Column(
            "level",
            Kind.CHOICE,
            "地址接近程度",
            Text("兩個地址有多接近", "how near the two addresses are"),
            choices={
                "unit": Text("同一戶", "the same unit"),
                "building": Text("同一門牌不同戶", "the same entrance, another unit"),
                "same_number": Text("同號不同之號", "the same number, another sub-number"),
                "floor_unknown": Text("同一門牌，樓層不明", "the same entrance, floor not known of both"),
                "neighbour": Text("鄰號", "the door beside"),
            },
        ),
        Column(
            "via",
            Kind.CHOICE,
            "經由",
            Text("員工本人或哪一種關係人", "the employee, or which relative"),
            choices={
                "self": Text("本人", "the employee"),
                "spouse": Text("配偶", "spouse"),
                "minor_child": Text("未成年子女", "minor child"),
                "child": Text("成年子女", "grown-up child"),
                "parent": Text("父母", "parent"),
                "sibling": Text("兄弟姊妹", "sibling"),
                "cohabitant": Text("同居人", "person who lives with the employee"),
                "nominee": Text("利用其名義之人", "person whose name the employee uses"),
                "other": Text("其他親屬", "other relative"),
            },
        ),
        Column(
            "kinship",
            Kind.CHOICE,
            "親屬關係",
            Text(
                "客戶是否為該員工已知的親屬；空白為不是",
                "is the customer a known relative of the employee; null: none on record",
            ),
            choices={
                "kin": Text("已申報或有資料的親屬", "relative, declared or in the files"),
                "inquiry": Text("查核才發現的親屬，或未註明資料來源", "relative found in an inquiry, or not said how"),
                "perhaps": Text(
                    "證件號碼不全，可能是本人或親屬", "may be the employee or a relative: an ID is missing"
                ),
            },
        ),
        Column(
            "sharers",
            Kind.INTEGER,
            "共用人數",
            Text(
                "名單上共用的人數，員工及其親屬算一人",
                "persons on the lists who share it, the employee and relatives as one",
            ),
        ),
        Column("points", Kind.INTEGER, "強度", Text("0 至 400，越少人共用越強", "0 to 400, more where fewer share it")),
        Column(
            "registered_on", Kind.DATE, "客戶登記日", Text("客戶登記該資料的日子", "the day the customer's was entered")
        ),
        Column("changed_by", Kind.NAME, "異動經辦人", Text("登記客戶資料的員工", "the employee who entered it")),
        Column("staff_row", Kind.TEXT, "員工方紀錄", Text("員工方的 row_id", "row_id on the employee's side")),
        Column("customer_row", Kind.TEXT, "客戶方紀錄", Text("客戶方的 row_id", "row_id on the customer's side")),
        Column("relation_row", Kind.TEXT, "關係紀錄", Text("員工關係人的 row_id", "row_id of the relation")),
    ),
)
