"""Personal data that stand unmasked where nobody has said that they must, and files of them held without reason or end."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.data_exposures import PERSONAL_DATA
from chahe.evidence.data_exposures import table as data_exposures
from chahe.evidence.personal_data_files import table as personal_data_files
from chahe.rules.citations import PERSONAL_DATA_MASKED, PERSONAL_DATA_PROTECTED
from chahe.wording import Text

control = Control(
    id="personal-data-exposed",
    title=Text("個人資料外露或未妥善管理", "Personal data exposed"),
    question=Text(
        "日誌、匯出檔與文件裡，有沒有未遮罩又不在個人資料檔案清冊上的個人資料？清冊上的檔案是否都有特定目的、保管人與刪除期限，並如期刪除？",
        "Do logs, exports or documents hold unmasked personal data without being on the register of personal-data files, and has every file on it a purpose, an owner and a day of deletion that was kept?",
    ),
    cites=(PERSONAL_DATA_PROTECTED, PERSONAL_DATA_MASKED),
    deck=("資安-18",),
    needs=(Need(table=data_exposures), Need(table=personal_data_files, excuses=True)),
    blind_spots=(
        Text(
            "只掃描交給 Chahe 的檔案；沒有文字的檔案（圖檔、二進位日誌）、壓縮檔內的檔案不掃描，計入排除。",
            "Only files given to Chahe are scanned; files without text (pictures, binary logs) and files inside archives are not, and are counted as left out.",
        ),
        Text(
            "沒有檢查碼的號碼（電話、帳號）以格式與前後文判斷；單獨的姓名、生日與全形數字不判斷，欄位名稱是單號、序號者不算。",
            "Numbers without check digits (phones, accounts) are told by form and by the words around them; names alone, birthdays and full-width digits are not looked for, and fields named as order or sequence numbers do not count.",
        ),
        Text(
            "清冊上的檔案視為有保有的理由；目的是否正當、遮罩是否足夠由人判斷。",
            "A file on the register counts as held for a reason; whether the purpose is proper and the masking enough is for people to judge.",
        ),
    ),
    frame=Text(
        "已載入的每一個檔案（以找到的個人資料種類分列），以及個人資料檔案清冊的每一列",
        "every file loaded, by the kind of personal data found in it, and every row of the register of personal-data files",
    ),
    # A registered file is named by its path, the end of its path, or a folder within it. A row that says "deleted" excuses
    # nothing that was found on a later day.
    population="""
        WITH registered AS (
            SELECT p.*, CASE WHEN right(p.path, 1) = '/' THEN 1 ELSE 0 END AS folder FROM personal_data_files p
        ),
        met AS (
            SELECT e.row_id AS scan_row, r.row_id AS entry_row,
                   CASE WHEN DATE '1970-01-01' + CAST((e.observed_at_us + 28800000000) // 86400000000 AS INTEGER) > r.deleted_on
                        THEN 1 ELSE 0 END AS lingers
            FROM data_exposures e
            JOIN registered r
              ON right('/' || e.path, length(r.path) + 1) = '/' || r.path
              OR (r.folder = 1 AND strpos('/' || e.path, '/' || r.path) > 0)
        ),
        covered AS (
            SELECT scan_row, min(entry_row) AS entry_row FROM met WHERE lingers = 0 GROUP BY scan_row
        ),
        lingering AS (
            SELECT entry_row, min(scan_row) AS scan_row FROM met WHERE lingers = 1 GROUP BY entry_row
        ),
        holding AS (SELECT DISTINCT path FROM data_exposures WHERE state = 'found')
        SELECT e.path, e.kind, e.found, e.places, e.sample, e.row_id AS exposure_row, e.second_row AS second_exposure_row,
               e.third_row AS third_exposure_row, c.entry_row AS register_row, CAST(NULL AS DATE) AS delete_by,
               CASE WHEN e.state = 'found' AND c.entry_row IS NULL THEN 'unregistered' ELSE 'good' END AS state,
               CASE WHEN e.state = 'unscanned' THEN 'unscanned'
                    WHEN e.kind = 'trading_account' AND e.trading_record THEN 'trading_record' END AS excluded_because
        FROM data_exposures e
        LEFT JOIN covered c ON c.scan_row = e.row_id
        LEFT JOIN holding h ON h.path = e.path
        WHERE e.state <> 'clean' OR h.path IS NULL
        UNION ALL
        SELECT r.path, CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), l.scan_row,
               CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), r.row_id,
               CASE WHEN r.deleted_on <= :as_of THEN NULL ELSE r.delete_by END,
               CASE WHEN l.scan_row IS NOT NULL THEN 'still_there'
                    WHEN r.deleted_on <= :as_of THEN 'good'
                    WHEN coalesce(trim(r.purpose), '') = '' THEN 'no_purpose'
                    WHEN coalesce(trim(r.owner), '') = '' THEN 'no_owner'
                    WHEN r.delete_by IS NULL THEN 'no_end'
                    WHEN r.delete_by < :as_of THEN 'not_deleted'
                    ELSE 'good' END,
               CAST(NULL AS VARCHAR)
        FROM registered r
        LEFT JOIN lingering l ON l.entry_row = r.row_id
    """,
    exclusions={
        "unscanned": Text("沒有文字可掃描的檔案", "files without text to scan"),
        "trading_record": Text(
            "委託與成交紀錄裡依規定必須載明的帳號", "accounts in order and trade records, which must name them"
        ),
    },
    exceptions="""
        SELECT p.path, p.kind, p.state AS defect, coalesce(p.kind, 'entry') AS what, p.found, p.places, p.sample, p.delete_by,
               p.exposure_row, p.second_exposure_row, p.third_exposure_row, p.register_row
        FROM population p
        WHERE p.state <> 'good'
    """,
    key=("path", "kind"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{path}：{defect:word}〔{what:word}，{found} 筆，位置 {places}，遮罩樣本 {sample}；刪除期限 {delete_by:date}〕",
        "{path}: {defect:word} [{what:word}, found {found}, at {places}, masked sample {sample}; to be deleted by {delete_by:date}]",
    ),
    words={
        **PERSONAL_DATA,
        "entry": Text("個人資料檔案清冊", "register of personal-data files"),
        "unregistered": Text(
            "有未遮罩的個人資料，檔案不在個人資料檔案清冊",
            "holds unmasked personal data and is not on the register of personal-data files",
        ),
        "no_purpose": Text("清冊沒有特定目的", "the register gives no purpose"),
        "no_owner": Text("清冊沒有保管人", "the register gives no owner"),
        "no_end": Text("清冊沒有刪除期限", "the register gives no day of deletion"),
        "not_deleted": Text("逾刪除期限仍未刪除", "not deleted by its day of deletion"),
        "still_there": Text("清冊記載已刪除，檔案仍在", "deleted according to the register, and still there"),
    },
    remedy=Text(
        "不需要的個人資料立即刪除或遮罩，並修正寫出它的程式或匯出作業；確有必要保有者，登錄個人資料檔案清冊，寫明特定目的、保管人與刪除期限，到期刪除並留紀錄。",
        "Delete or mask at once what is not needed, and mend the program or export that writes it; enter what must be held in the register of personal-data files with purpose, owner and day of deletion, delete it by then and keep the record.",
    ),
    margin=Margin("SELECT min(delete_by) AS anchor FROM population", None),
)
