"""Customers' sign-ins to place orders over the internet that took one kind of factor only."""

from chahe.controls.accounts import system_names
from chahe.controls.model import Control, Empty, Fact, Need, Severity
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.systems import table as systems
from chahe.evidence.user_accounts import table as user_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import ORDER_LOGIN_MULTI_FACTOR
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="order-login-single-factor",
    title=Text("網路下單登入只用單一因子", "Order sign-in with one factor"),
    question=Text(
        "客戶每次登入網路下單，是否都用了兩種以上的認證因子（密碼、憑證、綁定裝置、OTP、生物辨識）？",
        "Did every sign-in of a customer to place orders over the internet take two kinds of factors or more (password, certificate, bound device, one-time password, biometrics)?",
    ),
    cites=(ORDER_LOGIN_MULTI_FACTOR,),
    deck=("資安-19",),
    applies=Fact(
        "internet_orders",
        Text("公司沒有網路下單業務", "the firm takes no orders over the internet"),
    ),
    needs=(
        Need(table=systems),
        Need(table=auth_events),
        Need(table=account_holders, optional=True),
        Need(table=user_accounts, optional=True),
        Need(table=system_hosts, optional=True, excuses=True),
    ),
    parameters={
        "factors": Parameter(
            2,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "簡報第十九項：網路下單登入採多因子認證；兩種不同的因子即為多因子，同一種用兩次算一種",
                "item 19 of the slides: signing in to place orders takes several factors; two different kinds are several, one kind used twice is one",
            ),
            Sureness.DECK,
        ),
        "operating": Parameter(
            ("sshd", "sudo", "su", "login", "systemd-logind", "windows", "cron"),
            Unit.NAMES,
            Stricter.FREE,
            Text(
                "作業系統本身的登入不是客戶下單登入，由公司認定哪些服務是作業系統的",
                "signing in to the operating system is no customer's sign-in; the firm says which services are the system's",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "因子取自登入日誌的驗證方式；以 password、certificate、device、otp、biometric 等字樣或中文名稱判斷，其他寫法列為無法判斷。",
            "Factors are those that the log names (password, certificate, device, otp, biometric or their Chinese names); other words leave it undetermined.",
        ),
        Text(
            "同一工作階段的幾筆紀錄合起來算；沒有工作階段識別的紀錄各算一次登入。",
            "Records of one session count together; a record without a session is a sign-in of its own.",
        ),
        Text(
            "日誌沒有記下的驗證（例如手機 App 內的裝置綁定）看不到；因子的強度與憑證是否有效不查。",
            "Factors that the log leaves out (a device bound inside the app) are not seen, nor how strong a factor is or whether a certificate was valid.",
        ),
    ),
    frame=Text(
        "資訊系統清冊中供網路下單的系統，以及查核期間在其上登入的每一個客戶帳號",
        "the systems of the list that take orders over the internet, and every customer's account that signed in to them in the period",
    ),
    # Whoever is not known as staff, vendor or service counts as a customer: an unknown account is no reason to look away.
    population=f"""
        WITH {system_names("systems")},
        taking AS (
            SELECT n.system, n.known_as, s.row_id AS system_row FROM names n JOIN systems s ON s.system = n.system
            WHERE s.takes_orders AND s.in_service_on <= :until AND (s.retired_on IS NULL OR s.retired_on >= :from)
        ),
        known AS (
            SELECT t.system, h.account, h.holder_kind FROM account_holders h JOIN taking t ON t.known_as = h.system
            UNION ALL
            SELECT t.system, a.account, a.holder_kind FROM user_accounts a JOIN taking t ON t.known_as = a.system
        ),
        others AS (
            SELECT system, account FROM known
            GROUP BY system, account
            HAVING max(CASE WHEN holder_kind = 'customer' THEN 1 ELSE 0 END) = 0
               AND max(CASE WHEN holder_kind IN ('staff', 'vendor', 'service', 'shared') THEN 1 ELSE 0 END) = 1
        ),
        tries AS (
            SELECT t.system, t.system_row, e.account, coalesce(e.session_id, e.row_id) AS sitting, e.happened_at_us, e.row_id,
                   replace(replace(replace(replace(e.method, '動態密碼', 'otp'), '一次性密碼', 'otp'), 'one-time password', 'otp'),
                           'one-time-password', 'otp') AS method
            FROM auth_events e
            JOIN taking t ON t.known_as = e.host
            LEFT JOIN operating b ON lower(b.value) = e.service
            WHERE e.activity = 'logon' AND coalesce(e.outcome, 'success') = 'success' AND e.account IS NOT NULL
              AND b.value IS NULL AND e.happened_on BETWEEN :from AND :until
        ),
        sittings AS (
            SELECT system, system_row, account, sitting, min(happened_at_us) AS at_us, min(row_id) AS login_row,
                   max(CASE WHEN method LIKE '%password%' OR method LIKE '%密碼%' OR method = 'pin' THEN 1 ELSE 0 END)
                   + max(CASE WHEN method LIKE '%cert%' OR method LIKE '%憑證%' THEN 1 ELSE 0 END)
                   + max(CASE WHEN method LIKE '%device%' OR method LIKE '%裝置%' THEN 1 ELSE 0 END)
                   + max(CASE WHEN method LIKE '%otp%' OR method LIKE '%sms%' OR method LIKE '%簡訊%' THEN 1 ELSE 0 END)
                   + max(CASE WHEN method LIKE '%biometric%' OR method LIKE '%fido%' OR method LIKE '%生物%' OR method LIKE '%指紋%'
                                OR method LIKE '%臉%' THEN 1 ELSE 0 END) AS factors
            FROM tries GROUP BY system, system_row, account, sitting
        ),
        rated AS (
            SELECT s.*, min(CASE WHEN s.factors BETWEEN 1 AND :factors - 1 THEN s.at_us END)
                        OVER (PARTITION BY s.system, s.account) AS first_us
            FROM sittings s
        ),
        signed AS (
            SELECT s.system, s.system_row, s.account, count(*) AS sign_ins,
                   sum(CASE WHEN s.factors BETWEEN 1 AND :factors - 1 THEN 1 ELSE 0 END) AS single,
                   sum(CASE WHEN s.factors = 0 THEN 1 ELSE 0 END) AS unsaid,
                   min(s.first_us) AS first_us,
                   min(CASE WHEN s.factors BETWEEN 1 AND :factors - 1 AND s.at_us = s.first_us THEN s.login_row END) AS login_row
            FROM rated s GROUP BY s.system, s.system_row, s.account
        ),
        seen AS (
            SELECT g.system FROM signed g LEFT JOIN others o ON o.system = g.system AND o.account = g.account
            WHERE o.account IS NULL GROUP BY g.system
        )
        SELECT g.system, g.account, g.sign_ins, g.single, g.first_us, g.login_row, g.system_row,
               CASE WHEN g.single > 0 THEN 'single' WHEN g.unsaid > 0 THEN 'unsaid' ELSE 'good' END AS state,
               CASE WHEN o.account IS NOT NULL THEN 'not_customer' END AS excluded_because
        FROM signed g LEFT JOIN others o ON o.system = g.system AND o.account = g.account
        UNION ALL
        SELECT t.system, CAST(NULL AS VARCHAR), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR),
               t.system_row, CASE WHEN s.system IS NULL THEN 'no_sign_ins' ELSE 'good' END, CAST(NULL AS VARCHAR)
        FROM (SELECT DISTINCT system, system_row FROM taking) t LEFT JOIN seen s ON s.system = t.system
    """,
    exclusions={
        "not_customer": Text("員工、委外人員與系統服務的帳號", "accounts of staff, vendors and services"),
    },
    exceptions="""
        SELECT p.system, p.account, p.single, p.sign_ins, p.first_us AS first_at_us, p.login_row, p.system_row
        FROM population p WHERE p.state = 'single'
    """,
    undetermined="""
        SELECT p.system, p.account, p.state AS why FROM population p WHERE p.state IN ('unsaid', 'no_sign_ins')
    """,
    unclear={
        "unsaid": Text(
            "登入日誌沒有記下驗證方式，或所記的不認得",
            "the log does not say how it was verified, or in words that are not known",
        ),
        "no_sign_ins": Text(
            "供網路下單的系統在查核期間沒有客戶登入紀錄",
            "the system takes orders, and holds no customer's sign-in in the period",
        ),
    },
    key=("system", "account"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "客戶帳號 {account} 登入 {system} 共 {sign_ins} 次，其中 {single} 次不到 {factors} 種因子，首次在 {first_at_us:moment}",
        "customer account {account} signed in to {system} {sign_ins} times, {single} of them with fewer than {factors} kinds of factors, first at {first_at_us:moment}",
    ),
    remedy=Text(
        "關閉只用密碼的登入路徑（含舊版程式與 API），登入一律加上憑證、綁定裝置、OTP 或生物辨識，並在登入日誌記下所用的因子。",
        "Close every way in that takes a password alone, old programs and interfaces included; ask for a certificate, a bound device, a one-time password or biometrics as well, and write the factors used into the log.",
    ),
    margin=None,
)
