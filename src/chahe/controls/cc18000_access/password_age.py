"""Staff passwords older than three months."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.user_accounts import table as user_accounts
from chahe.evidence.account_holders import table as account_holders
from chahe.rules.citation import Sureness
from chahe.rules.citations import PASSWORD_THREE_MONTHS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="password-age",
    title=Text("密碼逾三個月未變更", "Password not changed for three months"),
    question=Text("除客戶外，每個可用密碼登入的帳號，密碼是否在三個月內變更過？", "Was the password of every account that can sign in with one, customers' excepted, changed within three months?"),
    cites=(PASSWORD_THREE_MONTHS,),
    deck=("資安-13", "資安案一-7", "共置-發現四"),
    needs=(Need(table=user_accounts), Need(table=account_holders, optional=True)),
    parameters={
        "max_age": Parameter(
            3,
            Unit.MONTHS,
            Stricter.LOWER,
            Text("CC-18000（三）密碼管理：至少每三個月變更一次", "CC-18000 (3), password management: at least every three months"),
            Sureness.DECK,
        ),
    },
    blind_spots=(
        Text("只看帳號清單所載的變更日；改回舊密碼也算變更。", "Only the recorded day of change is seen; changing back to an old password counts as a change."),
        Text("不以密碼登入（金鑰、憑證）的帳號不在母體內。", "Accounts that sign in without a password (keys, certificates) are not in the population."),
    ),
    frame=Text("各系統帳號清單中的每一個帳號", "every account on the systems' account lists"),
    population="""
        SELECT a.*,
               CASE WHEN coalesce(a.holder_kind, h.holder_kind) = 'customer' THEN 'customer'
                    WHEN a.enabled = FALSE THEN 'disabled'
                    WHEN a.password_login = FALSE THEN 'no_password'
               END AS excluded_because
        FROM user_accounts a
        LEFT JOIN (
            SELECT system, account, min(holder_kind) AS holder_kind
            FROM account_holders GROUP BY system, account
        ) h ON h.system = a.system AND h.account = a.account
    """,
    exclusions={
        "customer": Text("客戶的帳號", "customers' accounts"),
        "disabled": Text("已停用的帳號", "disabled accounts"),
        "no_password": Text("不能以密碼登入的帳號", "accounts that cannot sign in with a password"),
    },
    exceptions="""
        SELECT p.system, p.account, p.row_id AS account_row,
               coalesce(p.password_changed_on, p.created_on) AS since,
               p.password_changed_on
        FROM population p
        WHERE coalesce(p.password_changed_on, p.created_on) < :max_age_since
    """,
    undetermined="""
        SELECT p.system, p.account, 'no_date' AS why
        FROM population p
        WHERE p.password_changed_on IS NULL AND p.created_on IS NULL
    """,
    unclear={"no_date": Text("帳號清單沒有密碼變更日，也沒有建立日", "the account list gives neither the day of change nor of creation")},
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
    margin=Margin("SELECT min(coalesce(password_changed_on, created_on)) AS anchor FROM population", "max_age"),
)
