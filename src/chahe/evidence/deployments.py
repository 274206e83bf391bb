"""Versions of programs put into an environment."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="deployments",
    heading="程式上線紀錄",
    row=Text("一次上線（部署）", "one deployment"),
    shape=Shape.LOG,
    key=(),
    time="deployed_at_us",
    covered_by="system",
    columns=(
        Column(
            "deployed_at_us",
            Kind.MOMENT,
            "部署時間",
            Text("上線的時間", "when it was deployed"),
            required=True,
            also=("上線時間", "上線日期", "換版時間", "換版日期"),
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("上線的系統或程式庫", "the system or repository deployed"),
            required=True,
            also=("系統", "程式庫"),
            naming=Naming.HOST,
        ),
        Column(
            "environment",
            Kind.NAME,
            "部署環境",
            Text("如 production、正式環境", "as production"),
            also=("環境", "上線環境"),
        ),
        Column(
            "deployment_id", Kind.TEXT, "部署編號", Text("部署的編號", "number of the deployment"), also=("上線單號",)
        ),
        Column(
            "version",
            Kind.TEXT,
            "上線版本",
            Text("版本、分支或標籤", "version, branch or tag"),
            also=("部署版本", "程式版本"),
        ),
        Column("commit_id", Kind.TEXT, "提交編號", Text("上線的提交", "the commit deployed"), also=("commit", "sha")),
        Column(
            "request_id",
            Kind.TEXT,
            "異動單號",
            Text("所依據的異動申請單", "the change request behind it"),
            also=("異動申請單號", "變更單號"),
        ),
        Column(
            "deployed_by",
            Kind.NAME,
            "部署人員",
            Text("執行上線的人或帳號", "the person or account that did it"),
            also=("上線人員", "換版人員", "執行人員"),
        ),
        Column(
            "outcome",
            Kind.CHOICE,
            "部署結果",
            Text("成功、失敗或未完成；紀錄不說則空白", "success, failure or pending; null where not said"),
            choices={
                "success": Text("成功", "success"),
                "failure": Text("失敗", "failure"),
                "pending": Text("未完成", "pending"),
            },
            also=("上線結果", "換版結果"),
        ),
    ),
)
