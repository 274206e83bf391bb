"""Staff passwords older than three months."""

from chahe.controls.accounts import LEFT_OUT, LISTED
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.user_accounts import table as user_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import PASSWORD_THREE_MONTHS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="password-age",
    title=Text("密碼逾三個月未變更", "Password not changed for three months"),
    question=Text(
        "除客戶外，每個可用密碼登入的帳號，密碼是否在三個月內變更過？",
        "Was the password of every account that can sign in with one, customers' excepted, changed within three months?",
    ),
    cites=(PASSWORD_THREE_MONTHS,),
    deck=("資安-13", "資安案一-7", "共置-發現四", "共置-方向"),
    needs=(
        Need(table=user_accounts),
        Need(table=account_holders, optional=True, excuses=True),
        Need(table=system_hosts, optional=True, excuses=True),
    ),
    parameters={
        "max_age": Parameter(
            3,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "CC-18000（三）密碼管理：至少每三個月變更一次",
                "CC-18000 (3), password management: at least every three months",
            ),
            Sureness.DECK,
        ),
    },
    blind_spots=(
        Text(
            "只看帳號清單所載的變更日；改回舊密碼也算變更。",
            "Only the recorded day of change is seen; changing back to an old password counts as a change.",
        ),
        Text(
            "不以密碼登入（金鑰、憑證）的帳號不在母體內。",
            "Accounts that sign in without a password (keys, certificates) are not in the population.",
        ),
        Text(
            "清單沒有變更日時從帳號建立日起算：清單漏載變更日的帳號也會列出。",
            "Where the list gives no day of change the age counts from creation: an account whose change the list left out is listed, too.",
        ),
    ),
    frame=Text("各系統帳號清單中的每一個帳號", "every account on the systems' account lists"),
    # A password that was never changed is as old as the account, whatever day the list shows for it.
    population=f"""
        WITH {LISTED}
        SELECT l.*,
               CASE WHEN l.password_never_changed = TRUE THEN coalesce(l.created_on, l.password_changed_on)
                    ELSE coalesce(l.password_changed_on, l.created_on)
               END AS since,
               CASE WHEN l.password_changed_on IS NULL AND l.password_never_changed = FALSE THEN 'changed_when'
                    WHEN l.password_changed_on IS NULL AND l.created_on IS NULL THEN 'no_date'
                    WHEN l.password_changed_on > :as_of OR l.created_on > :as_of THEN 'future'
               END AS doubt,
               coalesce(l.left_out, CASE WHEN l.password_login = FALSE THEN 'no_password' END) AS excluded_because
        FROM listed l
    """,
    exclusions={
        **LEFT_OUT,
        "no_password": Text("不能以密碼登入的帳號", "accounts that cannot sign in with a password"),
    },
    exceptions="""
        SELECT p.system, p.account, p.row_id AS account_row, p.since, p.password_changed_on, p.created_on
        FROM population p
        WHERE p.since < :max_age_since AND p.doubt IS NULL
    """,
    # Changed on an unknown day: within the period only if the account itself is that young.
    undetermined="""
        SELECT p.system, p.account, p.doubt AS why
        FROM population p
        WHERE p.doubt IN ('no_date', 'future')
           OR (p.doubt = 'changed_when' AND (p.since IS NULL OR p.since < :max_age_since))
    """,
    unclear={
        "no_date": Text(
            "帳號清單沒有密碼變更日，也沒有建立日",
            "the account list gives neither the day of change nor of creation",
        ),
        "changed_when": Text(
            "帳號清單說密碼變更過，但沒有變更日", "the account list says the password was changed, but not when"
        ),
        "future": Text(
            "密碼變更日或建立日晚於基準日，請確認主機時鐘與匯出內容",
            "the day of change or creation is after the as-of day; check the host's clock and the export",
        ),
    },
    key=("system", "account"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{system} 的帳號 {account} 自 {since:date} 起未變更密碼；{max_age_since:date} 以前的變更已逾 {max_age} 個月",
        "the password of {account} on {system} has not been changed since {since:date}; a change before {max_age_since:date} is more than {max_age} months old",
    ),
    remedy=Text(
        "立即變更密碼，並在系統設定密碼最長使用期限（不超過三個月）；不再使用的帳號應停用。",
        "Change the password now and set a maximum password age of three months or less on the system; disable accounts that are no longer used.",
    ),
    margin=Margin("SELECT min(since) AS anchor FROM population", "max_age"),
)
