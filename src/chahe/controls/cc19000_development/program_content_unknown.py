"""Programs in production whose content is not that of the newest approved release."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.program_digests import table as program_digests
from chahe.evidence.program_releases import table as program_releases
from chahe.evidence.systems import table as systems
from chahe.rules.citations import COLOCATION_SECURED, PROGRAM_CONTENT_CONTROLLED
from chahe.wording import Text

control = Control(
    id="program-content-unknown",
    title=Text("上線程式內容與核定版本不符", "A program in production is not the approved release"),
    question=Text(
        "正式環境（含主機共置機房）執行的程式，其摘要值是否就是最近一次核准上線的版本？",
        "Is every program that runs in production, the co-location room included, by its digest the release approved last?",
    ),
    cites=(PROGRAM_CONTENT_CONTROLLED, COLOCATION_SECURED),
    deck=("資安案一-7",),
    needs=(Need(table=program_digests), Need(table=program_releases, excuses=True), Need(table=systems)),
    blind_spots=(
        Text(
            "只看量測過的檔案；主機上沒有列入量測的程式看不到。設定檔與資料庫內的程式要另外列入。",
            "Only files that were measured are seen; programs on the host that nobody measured are not. Settings and code within databases must be listed to be held.",
        ),
        Text(
            "摘要值由公司量測：量測工具本身若被竄改，結果不可信；請由另一人以唯讀方式量測。",
            "The firm measures its own programs: a tool that was tampered with lies. Let another person measure, reading only.",
        ),
    ),
    frame=Text(
        "最近一次量測的每一個程式檔案；以及沒有量測過的重要系統與共置系統",
        "every program file as last measured; and important or co-located systems that were never measured",
    ),
    population="""
        WITH approved AS (
            SELECT r.*, row_number() OVER (PARTITION BY system, program ORDER BY approved_on DESC, version DESC, row_id) AS age
            FROM program_releases r
            WHERE r.approved_on <= :as_of AND r.approver IS NOT NULL
        ),
        ever AS (SELECT DISTINCT system, program, digest FROM approved)
        SELECT d.system, d.program, d.digest, n.digest AS approved_digest, n.version, n.approved_on,
               d.row_id AS digest_row, n.row_id AS release_row,
               CASE WHEN d.digest IS NULL THEN 'no_digest'
                    WHEN n.row_id IS NULL THEN 'never_approved'
                    WHEN n.digest IS NULL THEN 'no_approved_digest'
                    WHEN n.digest = d.digest THEN 'good'
                    WHEN o.digest IS NOT NULL THEN 'superseded'
                    ELSE 'other_content' END AS state
        FROM program_digests d
        LEFT JOIN approved n ON n.system = d.system AND n.program = d.program AND n.age = 1
        LEFT JOIN ever o ON o.system = d.system AND o.program = d.program AND o.digest = d.digest
        UNION ALL
        SELECT s.system, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
               CAST(NULL AS DATE), s.row_id, CAST(NULL AS VARCHAR), 'not_measured'
        FROM systems s
        LEFT JOIN program_digests m ON m.system = s.system
        WHERE (s.important OR s.colocated) AND m.system IS NULL AND s.in_service_on <= :as_of
              AND (s.retired_on IS NULL OR s.retired_on >= :as_of)
    """,
    exceptions="""
        SELECT p.system, p.program, p.state AS defect, p.digest, p.approved_digest, p.version, p.approved_on,
               p.digest_row, p.release_row
        FROM population p WHERE p.state IN ('never_approved', 'superseded', 'other_content')
    """,
    undetermined="""
        SELECT p.system, p.program, p.state AS why
        FROM population p WHERE p.state IN ('no_digest', 'no_approved_digest', 'not_measured')
    """,
    unclear={
        "no_digest": Text("量測結果沒有摘要值", "the measurement holds no digest"),
        "no_approved_digest": Text("核定版本沒有登記摘要值", "the approved release has no digest on record"),
        "not_measured": Text(
            "重要系統或共置系統沒有任何程式摘要；請在該主機執行 sha256sum 或 Get-FileHash 後載入",
            "no program of this important or co-located system was measured; run sha256sum or Get-FileHash there and load the result",
        ),
    },
    key=("system", "program"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "系統 {system} 的程式 {program}：{defect:word}（執行中 {digest}；最近核定版本 {version}，{approved_on:date} 核准，{approved_digest}）",
        "program {program} of system {system}: {defect:word} (running {digest}; approved last: version {version} of {approved_on:date}, {approved_digest})",
    ),
    words={
        "never_approved": Text("從未核准上線", "no release of it was ever approved"),
        "superseded": Text("仍是舊的核定版本", "it is an older approved release"),
        "other_content": Text("內容不是任何核定版本", "its content is that of no approved release"),
    },
    remedy=Text(
        "立即查明是誰、何時、以何內容更換；換回核定版本，或補行核准程序，並重新量測。",
        "Find out at once who put what there and when; put the approved release back or have this one approved, and measure again.",
    ),
    margin=None,
)
