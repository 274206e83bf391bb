"""Password settings of systems that allow what the rule forbids."""

from chahe.controls.accounts import LISTED
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.password_policies import table as password_policies
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.user_accounts import table as user_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import PASSWORD_QUALITY, PASSWORD_THREE_MONTHS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="password-policy-weak",
    title=Text("密碼原則設定過寬", "Password settings too weak"),
    question=Text(
        "每個系統的設定，是否要求員工密碼夠長、混合字元、會到期，並在多次失敗後鎖定？",
        "Do the settings of every system ask of staff passwords that are long enough, mixed, and expire, and lock out after failures?",
    ),
    cites=(PASSWORD_QUALITY, PASSWORD_THREE_MONTHS),
    deck=("資安-13", "共置-方向"),
    needs=(
        Need(table=password_policies, excuses=True),
        Need(table=user_accounts, optional=True),
        Need(table=account_holders, optional=True),
        Need(table=system_hosts, optional=True),
    ),
    parameters={
        "min_length": Parameter(
            6,
            Unit.COUNT,
            Stricter.HIGHER,
            Text("CC-18000（三）密碼管理：六個字元以上", "CC-18000 (3), passwords: six characters or more"),
            Sureness.DECK,
        ),
        "min_classes": Parameter(
            2,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "CC-18000（三）密碼管理：含文數字或符號，我們讀作至少混合兩種字元",
                "CC-18000 (3), passwords: letters and digits or symbols, read as a mix of two kinds at least",
            ),
            Sureness.DECK,
        ),
        "max_age_days": Parameter(
            92,
            Unit.DAYS,
            Stricter.LOWER,
            Text(
                "CC-18000（三）密碼管理：至少每三個月變更；設定只能用天數，三個月最長 92 天，93 天必定逾期",
                "CC-18000 (3), passwords: changed every three months; settings count days, three months are 92 days at most, and 93 are surely too many",
            ),
            Sureness.DECK,
        ),
        "max_attempts": Parameter(
            10,
            Unit.COUNT,
            Stricter.FREE,
            Text(
                "我們的預設：規定沒有次數，超過十次的鎖定擋不住猜測",
                "our default: the rule gives no number, and a lock-out after more than ten failures stops no guessing",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "同一系統的多個設定來源合併看：長度與字元種類取最嚴者，鎖定與到期取最小的正值；其中一處若實際上沒有生效，看不出來。",
            "The sources of one system are read together: the greatest length and mix, the least lock-out and age above 0; that one of them is not in effect cannot be seen.",
        ),
        Text(
            "90 至 92 天的設定，在較短的三個月裡可能超過期限幾天；實際的變更日由 password-age 查核。",
            "A setting of 90 to 92 days can run past a short three months by a few days; the days of change themselves are for password-age.",
        ),
        Text(
            "個別帳號另設的例外（例如不到期）不在這些設定裡。",
            "Exceptions set on single accounts (such as never to expire) are not in these settings.",
        ),
    ),
    frame=Text(
        "載入的密碼原則中每個系統的四項設定，以及帳號清單上沒有密碼原則的系統",
        "four settings of every system with a password policy, and of systems on the account lists without one",
    ),
    # What is set for staff alone outweighs what is set for all. A complexity flag (Windows, directories) asks for three kinds.
    population=f"""
        WITH {LISTED},
        bound AS (SELECT * FROM password_policies WHERE scope IS NULL OR scope <> 'customer'),
        governed AS (SELECT DISTINCT n.system FROM names n JOIN bound b ON b.system = n.known_as),
        watched AS (
            SELECT system, CAST(NULL AS VARCHAR) AS excluded_because FROM bound
            UNION
            SELECT l.system, CAST(NULL AS VARCHAR) FROM listed l
            LEFT JOIN governed g ON g.system = l.system
            WHERE g.system IS NULL AND l.left_out IS NULL AND coalesce(l.password_login, TRUE)
            UNION
            SELECT p.system, 'customer' FROM password_policies p
            LEFT JOIN bound b ON b.system = p.system
            WHERE b.system IS NULL
        ),
        written AS (
            SELECT system, 'length' AS defect, scope, row_id, min_length AS value FROM bound
            UNION ALL
            SELECT system, 'mix', scope, row_id,
                   CASE WHEN complexity IS NOT NULL OR min_classes IS NOT NULL
                        THEN greatest(coalesce(min_classes, 0), CASE WHEN complexity = TRUE THEN 3 ELSE 0 END) END
            FROM bound
            UNION ALL
            SELECT system, 'lockout', scope, row_id, lockout_attempts FROM bound
            UNION ALL
            SELECT system, 'expiry', scope, row_id, max_age_days FROM bound
        ),
        weighed AS (
            SELECT w.*, max(CASE WHEN scope = 'staff' THEN 1 ELSE 0 END) OVER (PARTITION BY system, defect) AS for_staff
            FROM written w WHERE w.value IS NOT NULL
        ),
        effective AS (
            SELECT system, defect,
                   CASE WHEN defect IN ('length', 'mix') THEN max(value)
                        ELSE coalesce(min(CASE WHEN value > 0 AND (defect = 'lockout' OR value < 99999) THEN value END), 0)
                   END AS value,
                   min(row_id) AS policy_row, max(row_id) AS last_row
            FROM weighed WHERE for_staff = 0 OR scope = 'staff'
            GROUP BY system, defect
        )
        SELECT w.system, a.defect, e.value, e.policy_row,
               CASE WHEN e.last_row <> e.policy_row THEN e.last_row END AS other_policy_row,
               CASE WHEN b.system IS NULL THEN 'no_policy' WHEN e.value IS NULL THEN 'unstated' END AS doubt,
               w.excluded_because
        FROM watched w
        CROSS JOIN (SELECT aspect AS defect FROM (VALUES ('length'), ('mix'), ('lockout'), ('expiry')) AS listed_aspects(aspect)) a
        LEFT JOIN effective e ON e.system = w.system AND e.defect = a.defect
        LEFT JOIN (SELECT DISTINCT system FROM bound) b ON b.system = w.system
    """,
    exclusions={"customer": Text("只適用於客戶的密碼原則", "policies that bind customers only")},
    exceptions="""
        SELECT f.system, f.defect, f.fault, f.value, f.policy_row, f.other_policy_row,
               CASE WHEN f.defect IN ('length', 'mix') THEN 'at_least' ELSE 'at_most' END AS wanted,
               CASE f.defect WHEN 'length' THEN :min_length WHEN 'mix' THEN :min_classes
                             WHEN 'lockout' THEN :max_attempts ELSE :max_age_days END AS bound
        FROM (
            SELECT p.*,
                   CASE p.defect
                        WHEN 'length' THEN CASE WHEN p.value < :min_length THEN 'short' END
                        WHEN 'mix' THEN CASE WHEN p.value < :min_classes THEN 'no_mix' END
                        WHEN 'lockout' THEN CASE WHEN p.value = 0 THEN 'no_lockout'
                                                 WHEN p.value > :max_attempts THEN 'late_lockout' END
                        WHEN 'expiry' THEN CASE WHEN p.value = 0 THEN 'no_expiry'
                                                WHEN p.value > :max_age_days THEN 'long_age' END
                   END AS fault
            FROM population p
        ) f
        WHERE f.fault IS NOT NULL
    """,
    undetermined="SELECT p.system, p.defect, p.doubt AS why FROM population p WHERE p.doubt IS NOT NULL",
    unclear={
        "no_policy": Text(
            "系統有員工可用密碼登入，卻沒有載入它的密碼原則",
            "staff can sign in with passwords, but no password policy of the system was loaded",
        ),
        "unstated": Text(
            "載入的密碼原則都沒有說明這項設定", "none of the loaded policies of the system states this setting"
        ),
    },
    key=("system", "defect"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "{system} 的密碼原則：{fault:word}，設定為 {value}，{wanted:word} {bound}",
        "password settings of {system}: {fault:word}; set to {value}, should be {wanted:word} {bound}",
    ),
    words={
        "short": Text("最短長度不足", "the least length is too short"),
        "no_mix": Text("未要求混合字元種類", "no mix of kinds of character is asked for"),
        "no_lockout": Text("登入失敗不會鎖定", "failures never lock the account"),
        "late_lockout": Text("登入失敗太多次才鎖定", "the account locks after too many failures"),
        "no_expiry": Text("密碼永不到期", "passwords never expire"),
        "long_age": Text("密碼使用期限過長", "passwords are valid for too long"),
        "at_least": Text("應不少於", "at least"),
        "at_most": Text("應大於 0 且不超過", "above 0 and at most"),
    },
    remedy=Text(
        "修改系統的密碼原則：長度、字元種類、失敗鎖定與到期都要達到標準；再匯出設定重新載入。系統本身做不到的，改由目錄服務或登入閘道統一要求。",
        "Change the system's settings so that length, mix, lock-out and expiry meet the limits, then export and load them again. Where the system cannot, let a directory or sign-in gateway ask for it.",
    ),
    margin=None,
)
