"""Factory accounts that can be used, accounts without a password, and default passwords that a scan found."""

from chahe.controls.accounts import LEFT_OUT, LISTED
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.user_accounts import table as user_accounts
from chahe.evidence.vulnerabilities import table as vulnerabilities
from chahe.evidence.vulnerability_scans import table as vulnerability_scans
from chahe.rules.citation import Sureness
from chahe.rules.citations import DEFAULT_PASSWORDS_AVOIDED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="default-credential",
    title=Text("使用預設帳號或未設密碼", "Default accounts in use, or no password set"),
    question=Text(
        "系統與設備的預設帳號是否都已停用或更名，沒有免密碼的帳號，掃描也沒有發現預設密碼？",
        "Are the default accounts of systems and devices disabled or renamed, does no account go without a password, and did scans find no default one?",
    ),
    cites=(DEFAULT_PASSWORDS_AVOIDED,),
    deck=("資安-13", "共置-方向"),
    needs=(
        Need(table=user_accounts),
        Need(table=vulnerabilities, optional=True),
        Need(table=vulnerability_scans, optional=True, excuses=True),
        Need(table=account_holders, optional=True, excuses=True),
        Need(table=system_hosts, optional=True, excuses=True),
    ),
    parameters={
        "default_names": Parameter(
            ("administrator", "root", "sa"),
            Unit.NAMES,
            Stricter.MORE,
            Text("CC-18000（三）查核簡報所舉的預設帳號", "the default accounts that the slides name for CC-18000 (3)"),
            Sureness.DECK,
        ),
        "factory_names": Parameter(
            (
                "admin",
                "guest",
                "sys",
                "system",
                "oracle",
                "postgres",
                "mysql",
                "cisco",
                "enable",
                "public",
                "private",
                "manager",
                "support",
                "test",
                "user",
                "demo",
                "default",
                "pi",
                "ubnt",
                "toor",
            ),
            Unit.NAMES,
            Stricter.FREE,
            Text(
                "我們的預設：常見產品的出廠帳號；公司可依實際產品增減",
                "our default: factory accounts of common products; the firm may change the list to fit its own",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "密碼本身看不到：過於簡單的密碼只有弱點掃描試得出來。",
            "Passwords themselves are not seen: one that is too simple shows only where a scan tried it.",
        ),
        Text(
            "沒有載入帳號清單、也沒有掃描過的設備、網站、分享資料夾與資料庫不在母體內。",
            "Devices, sites, shares and databases with neither an account list nor a scan are not in the population.",
        ),
        Text(
            "弱點須由同一工具之後完成的掃描不再發現，才算改善；處理紀錄所稱的改善不算。",
            "A weakness counts as mended when a later finished scan by the same tool no longer finds it, not when a treatment record says so.",
        ),
    ),
    frame=Text(
        "各系統帳號清單中的每一個帳號，以及每一部掃描完成的主機",
        "every account on the systems' account lists, and every host whose scan was finished",
    ),
    population=f"""
        WITH {LISTED},
        factory AS (
            SELECT lower(value) AS name FROM default_names
            UNION
            SELECT lower(value) FROM factory_names
        ),
        scanned AS (
            SELECT scan_id, scanner, host, max(scanned_at_us) AS at_us, min(row_id) AS row_id
            FROM vulnerability_scans WHERE completed = TRUE AND coalesce(kind, 'host') IN ('host', 'web')
            GROUP BY scan_id, scanner, host
        )
        SELECT 'account' AS kind, l.system, l.account, l.enabled, l.password_login, l.password_required,
               f.name IS NOT NULL AS is_default, l.row_id, l.left_out AS excluded_because
        FROM listed l LEFT JOIN factory f ON f.name = l.account
        UNION ALL
        SELECT 'host', h.host, CAST(NULL AS VARCHAR), CAST(NULL AS BOOLEAN), CAST(NULL AS BOOLEAN), CAST(NULL AS BOOLEAN),
               FALSE, min(h.row_id), CAST(NULL AS VARCHAR)
        FROM (
            SELECT host, row_id FROM scanned
            UNION ALL
            SELECT host, row_id FROM vulnerabilities WHERE default_credential = TRUE
        ) h
        GROUP BY h.host
    """,
    exclusions=LEFT_OUT,
    # A finding without any time is held to be current: what cannot be dated cannot be superseded.
    exceptions="""
        WITH scanned AS (
            SELECT scan_id, scanner, host, max(scanned_at_us) AS at_us
            FROM vulnerability_scans WHERE completed = TRUE AND coalesce(kind, 'host') IN ('host', 'web')
            GROUP BY scan_id, scanner, host
        ),
        newest AS (SELECT scanner, host, max(at_us) AS at_us FROM scanned GROUP BY scanner, host),
        found AS (
            SELECT v.*, greatest(coalesce(v.found_at_us, s.at_us), coalesce(s.at_us, v.found_at_us)) AS at_us
            FROM vulnerabilities v
            LEFT JOIN scanned s ON s.scan_id = v.scan_id AND s.scanner = v.scanner AND s.host = v.host
            WHERE v.default_credential = TRUE
        ),
        standing AS (
            SELECT f.host, f.finding_id, f.port, f.protocol, f.title, f.row_id, f.at_us,
                   row_number() OVER (PARTITION BY f.host, f.finding_id, f.port, f.protocol
                                      ORDER BY coalesce(f.at_us, 0) DESC, f.row_id) AS age
            FROM found f LEFT JOIN newest n ON n.scanner = f.scanner AND n.host = f.host
            WHERE n.at_us IS NULL OR f.at_us IS NULL OR n.at_us <= f.at_us
        )
        SELECT p.system, p.account, 'default_account' AS defect, CAST(NULL AS VARCHAR) AS weakness,
               p.account AS subject, p.row_id AS account_row, CAST(NULL AS VARCHAR) AS weakness_row
        FROM population p
        WHERE p.is_default AND coalesce(p.password_login, TRUE)
          AND (p.enabled IS NOT NULL OR p.password_login IS NOT NULL)
        UNION ALL
        SELECT p.system, p.account, 'no_password', CAST(NULL AS VARCHAR), p.account, p.row_id, CAST(NULL AS VARCHAR)
        FROM population p
        WHERE p.password_required = FALSE AND coalesce(p.password_login, TRUE)
        UNION ALL
        SELECT p.system, CAST(NULL AS VARCHAR), 'default_password',
               s.finding_id || ' ' || coalesce(CAST(s.port AS VARCHAR), '-') || '/' || coalesce(s.protocol, '-'),
               coalesce(s.title, s.finding_id), CAST(NULL AS VARCHAR), s.row_id
        FROM population p JOIN standing s ON s.host = p.system AND s.age = 1
        WHERE p.kind = 'host'
    """,
    undetermined="""
        SELECT p.system, p.account, 'default_account' AS defect, CAST(NULL AS VARCHAR) AS weakness, 'state' AS why
        FROM population p
        WHERE p.is_default AND p.enabled IS NULL AND p.password_login IS NULL
    """,
    unclear={
        "state": Text(
            "預設帳號存在，但帳號清單沒有說明是否啟用、能否以密碼登入",
            "a default account exists, but the account list says neither whether it is enabled nor whether a password opens it",
        )
    },
    key=("system", "account", "defect", "weakness"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text("{system} 的 {subject}：{defect:word}", "{subject} on {system}: {defect:word}"),
    words={
        "default_account": Text(
            "預設帳號未停用或更名，可用密碼登入",
            "a default account, neither disabled nor renamed, that a password opens",
        ),
        "no_password": Text("登入不需要密碼", "no password is needed to sign in"),
        "default_password": Text("弱點掃描發現預設或空白的帳號密碼", "a scan found a default or empty credential"),
    },
    remedy=Text(
        "停用或更名預設帳號，改用具名帳號與提權工具；為免密碼的帳號與設備設定合格的密碼，並設管理者權限，再重新掃描確認。",
        "Disable or rename default accounts and use named ones with a tool to raise privilege; set good passwords and administrators' rights where there are none, then scan again.",
    ),
    margin=None,
)
