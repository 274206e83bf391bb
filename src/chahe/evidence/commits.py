"""Changes of programs as their version control recorded them."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="commits",
    heading="程式版本提交紀錄",
    row=Text("版本控管的一次提交", "one commit in version control"),
    shape=Shape.LOG,
    key=("repository", "commit_id"),
    time="happened_at_us",
    covered_by="repository",
    columns=(
        Column(
            "happened_at_us",
            Kind.MOMENT,
            "提交生效時間",
            Text(
                "進入程式庫的時間；紀錄沒有時為撰寫時間",
                "when it entered the repository; where the log does not show that, when it was written",
            ),
            required=True,
        ),
        Column(
            "repository",
            Kind.NAME,
            "程式庫",
            Text("程式庫的名稱", "name of the repository"),
            also=("儲存庫", "專案", "repo", "project"),
        ),
        Column(
            "commit_id",
            Kind.TEXT,
            "提交編號",
            Text("提交的雜湊值", "hash of the commit"),
            required=True,
            also=("commit", "提交", "sha"),
        ),
        Column(
            "parent_ids",
            Kind.TEXT,
            "前一提交",
            Text("前一個提交，合併時有多個，以空白分隔", "its parents, parted by blanks; a merge has several"),
        ),
        Column("author", Kind.TEXT, "撰寫人", Text("寫這項異動的人", "who wrote the change"), also=("author name",)),
        Column("author_mail", Kind.NAME, "撰寫人電子郵件", Text("撰寫人的電子郵件", "the author's mail address")),
        Column("authored_at_us", Kind.MOMENT, "撰寫時間", Text("異動寫成的時間", "when the change was written")),
        Column(
            "committer",
            Kind.TEXT,
            "提交人",
            Text("把異動放進程式庫的人或平台", "who, or which platform, put it into the repository"),
        ),
        Column("committer_mail", Kind.NAME, "提交人電子郵件", Text("提交人的電子郵件", "the committer's mail address")),
        Column(
            "committed_at_us",
            Kind.MOMENT,
            "提交時間",
            Text("進入程式庫的時間；紀錄沒有則空白", "when it entered the repository; null where not shown"),
        ),
        Column("subject", Kind.TEXT, "提交標題", Text("說明的第一行", "first line of its message")),
        Column("message", Kind.TEXT, "提交說明", Text("完整的說明", "the whole message")),
        Column(
            "files_changed",
            Kind.INTEGER,
            "異動檔案數",
            Text("異動的檔案數；紀錄沒有則空白", "number of files changed; null where not shown"),
        ),
        Column("insertions", Kind.INTEGER, "新增行數", Text("新增的行數", "lines added")),
        Column("deletions", Kind.INTEGER, "刪除行數", Text("刪除的行數", "lines removed")),
        Column(
            "paths",
            Kind.TEXT,
            "異動檔案",
            Text("異動的檔案，一行一個，照紀錄所寫", "files changed, one a line, as the log writes them"),
        ),
        Column(
            "refs",
            Kind.TEXT,
            "分支與標籤",
            Text("指向此提交的分支與標籤", "branches and tags that pointed at it"),
        ),
        Column(
            "signature",
            Kind.CHOICE,
            "簽章",
            Text("紀錄所示的簽章；沒有顯示則空白", "its signature as the log shows it; null where not shown"),
            choices={
                "good": Text("有效", "good"),
                "bad": Text("無效", "bad"),
                "unverified": Text("未驗證", "not verified"),
            },
        ),
    ),
)
