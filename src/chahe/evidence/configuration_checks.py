"""What configuration audits checked: one row for one setting of one host, held against one policy."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="configuration_checks",
    heading="組態檢核結果",
    row=Text("一次檢核對一部主機的一項設定", "one setting of one host, as one audit checked it"),
    shape=Shape.LOG,
    key=(),
    time="checked_at_us",
    covered_by="host",
    columns=(
        Column("scan_id", Kind.TEXT, "檢核編號", Text("一次檢核的識別", "identifies one audit"), required=True),
        Column("scanner", Kind.NAME, "檢核工具", Text("檢核工具", "the tool"), required=True),
        Column(
            "host",
            Kind.NAME,
            "主機",
            Text("報告所稱主機", "the host, as the report names it"),
            required=True,
            also=("主機名稱", "設備名稱"),
            naming=Naming.HOST,
        ),
        Column("address", Kind.ADDRESS, "主機位址", Text("主機的 IP 位址", "the host's IP address"), also=("IP",)),
        Column(
            "check_id", Kind.TEXT, "檢核代碼", Text("工具的檢查代碼", "the tool's number of the check"), also=("代碼",)
        ),
        Column(
            "setting",
            Kind.TEXT,
            "檢核項目",
            Text("檢核的設定", "the setting that was checked"),
            required=True,
            also=("檢查項目", "項目", "設定項目"),
        ),
        Column(
            "policy", Kind.TEXT, "基準", Text("據以檢核的基準或政策", "the policy or benchmark"), also=("檢核基準",)
        ),
        Column(
            "result",
            Kind.CHOICE,
            "檢核結果",
            Text(
                "符合、不符合、警告、無法檢核、不適用、僅供參考",
                "passed, failed, warning, error, not applicable, for information",
            ),
            required=True,
            also=("結果",),
            choices={
                "passed": Text("符合", "passed"),
                "failed": Text("不符合", "failed"),
                "warning": Text("警告", "warning"),
                "error": Text("無法檢核", "error"),
                "not_applicable": Text("不適用", "not applicable"),
                "info": Text("僅供參考", "for information"),
            },
        ),
        Column(
            "policy_value", Kind.TEXT, "應有值", Text("基準要求的值", "the value the policy asks for"), also=("要求值",)
        ),
        Column("actual_value", Kind.TEXT, "實際值", Text("主機上的值", "the value on the host"), also=("現況",)),
        Column("checked_at_us", Kind.MOMENT, "檢核時間", Text("檢核的時間", "when it was checked"), also=("檢查時間",)),
    ),
)
