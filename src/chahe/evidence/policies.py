"""The firm’s written rules: what each governs, who approved it, and when it was last reviewed."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

_KINDS = {
    "security_policy": Text("資訊安全政策", "information security policy"),
    "classification": Text("資訊分級與標示", "classification and labelling of information"),
    "risk_assessment": Text("風險評鑑", "risk assessment"),
    "remote_access": Text("遠端連線管理", "remote access"),
    "top_privilege": Text("最高權限帳號管理", "top-privilege accounts"),
    "vendor_accounts": Text("委外人員帳號權限", "vendors' accounts and rights"),
    "incident_reporting": Text("資訊安全事件通報", "reporting of security incidents"),
    "colocation_use": Text("主機共置使用規則", "rules of use of co-location"),
    "complaint_handling": Text("客戶申訴或檢舉處理", "handling of complaints and reports"),
    "customer_data_query": Text("客戶資料查詢", "look-up of customer data"),
    "personal_data": Text("個人資料保護", "protection of personal data"),
    "passwords": Text("密碼管理", "passwords"),
    "change_management": Text("程式異動管理", "changes of programs"),
    "continuity": Text("營運持續與復原", "continuity and recovery"),
    "outsourcing": Text("委外作業管理", "outsourcing"),
    "backup": Text("備份管理", "backups"),
    "other": Text("其他", "other"),
}

table = Table(
    name="policies",
    heading="內部規章清冊",
    row=Text(
        "一份規章所規範的一個事項；一份規章規範數個事項時，每個事項一列",
        "one subject governed by one document; a document that governs several has a row for each",
    ),
    shape=Shape.REGISTER,
    key=("policy_id", "kind"),
    stale_after_months=12,
    columns=(
        Column(
            "policy_id",
            Kind.TEXT,
            "規章編號",
            Text("規章的編號", "number of the document"),
            required=True,
            also=("文件編號",),
        ),
        Column(
            "title",
            Kind.TEXT,
            "規章名稱",
            Text("規章的名稱，照原文", "its title, as written"),
            required=True,
            also=("辦法名稱", "規範名稱", "文件名稱"),
        ),
        Column(
            "kind",
            Kind.CHOICE,
            "規範事項",
            Text("規章規範的事項", "what it governs"),
            required=True,
            also=("規章類別",),
            choices=_KINDS,
        ),
        Column(
            "approved_by",
            Kind.TEXT,
            "核定人",
            Text("核定的主管或會議", "the manager or meeting that approved it"),
            also=("核定單位", "核定層級"),
        ),
        Column(
            "approved_on",
            Kind.DATE,
            "核定日",
            Text("最近一次核定的日期", "day it was last approved"),
            also=("核定日期", "最近修訂日"),
        ),
        Column(
            "in_force_on",
            Kind.DATE,
            "生效日",
            Text("開始施行的日期；空白視為核定日", "first day in force; blank means the day of approval"),
            also=("施行日", "生效日期"),
        ),
        Column(
            "in_internal_control_on",
            Kind.DATE,
            "納入內控日",
            Text(
                "納入內部控制與內部稽核制度的日期；未納入則空白",
                "day it became part of internal control and internal audit; blank if it is not",
            ),
            also=("納入內控及稽核日",),
        ),
        Column(
            "reviewed_on",
            Kind.DATE,
            "規章檢視日",
            Text("最近一次檢視的日期", "day it was last reviewed"),
            also=("檢視日期", "最近檢視日", "檢討日期"),
        ),
        Column("reviewer", Kind.TEXT, "檢視人", Text("檢視人員", "who reviewed it"), also=("檢視人員", "檢討人員")),
        Column(
            "repealed_on",
            Kind.DATE,
            "廢止日",
            Text("最後施行的日期；仍施行則空白", "last day in force; blank while in force"),
            also=("廢止日期",),
        ),
    ),
)
