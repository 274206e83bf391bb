"""Rights that were never requested, and rights that one person may not hold together."""

from chahe.controls.accounts import LEFT_OUT, LISTED
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.access_requests import table as access_requests
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.account_rights import table as account_rights
from chahe.evidence.duty_conflicts import table as duty_conflicts
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.user_accounts import table as user_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import ACCESS_SEPARATED_BY_RIGHT, ACCOUNT_REQUESTED_AND_APPROVED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="rights-exceed-request",
    title=Text("權限超出申請或職務未分離", "Rights beyond the request, or duties not kept apart"),
    question=Text(
        "每個可用帳號（客戶除外）現有的每項權限，是否都有核准的申請？有沒有人同時持有應分離的權限？",
        "Is every right of every account in use, customers' excepted, on an approved request, and does nobody hold rights together that are to be kept apart?",
    ),
    cites=(ACCESS_SEPARATED_BY_RIGHT, ACCOUNT_REQUESTED_AND_APPROVED),
    deck=("資安-15", "資安-16"),
    needs=(
        Need(table=account_rights),
        Need(table=user_accounts),
        Need(table=access_requests, excuses=True),
        Need(table=duty_conflicts, optional=True),
        Need(table=account_holders, optional=True, excuses=True),
        Need(table=system_hosts, optional=True, excuses=True),
    ),
    parameters={
        "ordinary": Parameter(
            ("users", "domain users", "domain computers", "everyone", "authenticated users"),
            Unit.NAMES,
            Stricter.FREE,
            Text(
                "每個帳號都有、不另申請的基本群組，由公司認定；與帳號同名的群組也視為基本群組",
                "basic groups that every account has and nobody asks for, as the firm decides; a group named like the account is basic, too",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "權限以名稱比對：申請單寫的名稱須與系統的群組或角色相同，以頓號、逗號、分號或換行分開。",
            "Rights are matched by name: the request must write them as the system names its groups or roles, parted by commas or semicolons.",
        ),
        Text(
            "沒有任何申請的帳號由 account-unrequested 查核，這裡計入排除；群組本身的權限大小看不到。",
            "Accounts without any request are for account-unrequested and are left out here; how much a group may do is not seen.",
        ),
        Text(
            "沒有載入職務分離清冊時，不查核職務分離。",
            "Without the list of duties to be kept apart, only the requests are looked at.",
        ),
    ),
    frame=Text(
        "各系統權限清單中每個可用帳號的每一項權限",
        "every right of every account in use on the systems' lists of rights",
    ),
    population=f"""
        WITH {LISTED},
        asked AS (
            SELECT n.system, r.account, r.row_id,
                   nullif(trim(coalesce(r.rights, '')), '') AS rights,
                   '、' || replace(replace(replace(replace(replace(replace(replace(lower(r.rights), ' ', ''), '，', '、'), ',', '、'),
                       '；', '、'), ';', '、'), '/', '、'), chr(10), '、') || '、' AS listed_rights,
                   r.user_manager_id IS NOT NULL AND r.it_manager_id IS NOT NULL
                   AND r.user_manager_approved_on <= :as_of AND r.it_manager_approved_on <= :as_of AS approved
            FROM access_requests r JOIN names n ON n.known_as = r.system
        ),
        requested AS (
            SELECT system, account, min(row_id) AS request_row, max(CASE WHEN rights IS NULL THEN 1 ELSE 0 END) AS unsaid
            FROM asked GROUP BY system, account
        ),
        owners AS (
            SELECT n.system, h.account, min(h.person_id) AS person_id
            FROM account_holders h JOIN names n ON n.known_as = h.system
            GROUP BY n.system, h.account
        ),
        held AS (
            SELECT g.system, g.account, g.right_name, g.top_privilege, g.row_id AS right_row, l.row_id AS account_row,
                   coalesce(o.person_id, g.system || '!' || g.account) AS person, q.request_row, q.unsaid,
                   coalesce(l.left_out,
                            CASE WHEN g.value IS NOT NULL OR g.right_name = g.account THEN 'ordinary' END) AS excluded_because
            FROM (
                SELECT r.*, b.value FROM account_rights r LEFT JOIN ordinary b ON lower(b.value) = r.right_name
            ) g
            JOIN listed l ON l.system = g.system AND l.account = g.account
            LEFT JOIN owners o ON o.system = g.system AND o.account = g.account
            LEFT JOIN requested q ON q.system = g.system AND q.account = g.account
        ),
        granted AS (
            SELECT DISTINCT h.right_row FROM held h
            JOIN asked a ON a.system = h.system AND a.account = h.account
            WHERE a.approved AND strpos(a.listed_rights, '、' || replace(h.right_name, ' ', '') || '、') > 0
        ),
        clashes AS (
            SELECT h.right_row, min(t.right_name) AS other_right, min(t.right_row) AS other_row, min(c.row_id) AS conflict_row
            FROM duty_conflicts c
            JOIN held h ON h.right_name = c.right_name
            JOIN held t ON t.right_name = c.other_right AND t.person = h.person AND t.excluded_because IS NULL
            LEFT JOIN names n ON n.system = h.system AND n.known_as = c.system
            LEFT JOIN names m ON m.system = t.system AND m.known_as = c.system
            WHERE c.system IS NULL OR (n.system IS NOT NULL AND m.system IS NOT NULL)
            GROUP BY h.right_row
        )
        SELECT h.system, h.account, h.right_name, h.right_row, h.account_row, h.request_row, x.other_right, x.other_row, x.conflict_row,
               coalesce(h.excluded_because, CASE WHEN h.request_row IS NULL AND x.right_row IS NULL THEN 'unrequested' END)
                   AS excluded_because,
               CASE WHEN x.right_row IS NOT NULL THEN 'conflict'
                    WHEN g.right_row IS NOT NULL THEN 'good'
                    WHEN h.unsaid = 1 THEN 'rights_unsaid'
                    WHEN h.top_privilege THEN 'top_not_requested'
                    ELSE 'not_requested' END AS state
        FROM held h
        LEFT JOIN granted g ON g.right_row = h.right_row
        LEFT JOIN clashes x ON x.right_row = h.right_row
    """,
    exclusions={
        **LEFT_OUT,
        "ordinary": Text("基本群組", "basic groups"),
        "unrequested": Text("沒有任何申請單的帳號", "accounts without any request"),
    },
    exceptions="""
        SELECT p.system, p.account, p.right_name, p.state AS defect, p.other_right,
               p.right_row, p.account_row, p.request_row, p.other_row, p.conflict_row
        FROM population p
        WHERE p.state IN ('conflict', 'top_not_requested', 'not_requested')
    """,
    undetermined="""
        SELECT p.system, p.account, p.right_name, p.state AS why FROM population p WHERE p.state = 'rights_unsaid'
    """,
    unclear={
        "rights_unsaid": Text(
            "有一張申請單沒有寫明權限，無法比對",
            "one of its requests does not name the rights, so they cannot be compared",
        ),
    },
    key=("system", "account", "right_name"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{system} 帳號 {account} 的權限 {right_name}：{defect:word}（應分離的另一權限 {other_right}）",
        "right {right_name} of account {account} on {system}: {defect:word} (the other right {other_right})",
    ),
    words={
        "conflict": Text("同一人持有應分離的兩項權限", "one person holds two rights that are to be kept apart"),
        "top_not_requested": Text("最高權限，不在核准的申請內", "a top privilege that is on no approved request"),
        "not_requested": Text("不在核准的申請內", "on no approved request"),
    },
    remedy=Text(
        "立即收回超出申請的權限，或補辦申請並經兩位主管核准；應分離的權限改由不同的人持有，人力不足時以覆核補償並留紀錄。",
        "Withdraw rights beyond the request now, or request them and have both managers approve; give rights that must be apart to different people, and where there are too few, have a second person check, on record.",
    ),
    margin=None,
)
