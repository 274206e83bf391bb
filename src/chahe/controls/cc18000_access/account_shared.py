"""Accounts that several people use, and people with several accounts on one system."""

from chahe.controls.accounts import LEFT_OUT, LISTED
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.user_accounts import table as user_accounts
from chahe.rules.citations import ONE_ID_PER_USER
from chahe.wording import Text

control = Control(
    id="account-shared",
    title=Text("帳號共用或重複", "Account shared or doubled"),
    question=Text(
        "每個可用的帳號（客戶與系統服務除外）是否只有一個人使用？每個人在同一系統是否只有一個帳號？",
        "Is every account in use, customers' and services' excepted, used by one person only, and has each person one account only on a system?",
    ),
    cites=(ONE_ID_PER_USER,),
    deck=("共置-方向",),
    needs=(
        Need(table=user_accounts),
        Need(table=account_holders),
        Need(table=auth_events, optional=True),
        Need(table=system_hosts, optional=True, excuses=True),
    ),
    blind_spots=(
        Text(
            "重疊的工作階段以日誌有登入、登出與來源者為限；同一部電腦或同一個轉接位址後面的幾個人分不開。",
            "Overlapping sessions are seen only where the log holds sign-in, sign-off and source; several people behind one computer or one translated address are not told apart.",
        ),
        Text(
            "一個人同時由兩部電腦登入也會列出，請確認；輪流使用同一帳號而時間不重疊者看不出來。",
            "One person signed in from two computers at once is shown, too: look into it; people who take turns with one account are not seen.",
        ),
        Text(
            "同一人在同一系統另有管理用帳號者也會列出；應有書面的核准。",
            "A second account of one person for administration is shown, too; it should be approved in writing.",
        ),
    ),
    frame=Text("各系統帳號清單中的每一個帳號", "every account on the systems' account lists"),
    population=f"""
        WITH {LISTED},
        owners AS (
            SELECT n.system, h.account, count(DISTINCT h.person_id) AS persons,
                   max(CASE WHEN h.holder_kind = 'shared' THEN 1 ELSE 0 END) AS said_shared,
                   min(h.person_id) AS person_id, min(h.row_id) AS holder_row, max(h.row_id) AS other_holder_row
            FROM account_holders h JOIN names n ON n.known_as = h.system
            GROUP BY n.system, h.account
        ),
        ends AS (
            SELECT e.host, e.account_domain, e.account, e.activity, e.happened_on, e.happened_at_us AS began_us, e.row_id,
                   coalesce(e.source_address, e.source_host) AS source,
                   lead(e.activity) OVER (PARTITION BY e.host, e.account, e.session_id ORDER BY e.happened_at_us, e.row_id) AS then_done,
                   lead(e.happened_at_us) OVER (PARTITION BY e.host, e.account, e.session_id ORDER BY e.happened_at_us, e.row_id) AS ended_us
            FROM auth_events e
            WHERE e.activity IN ('logon', 'logoff') AND coalesce(e.outcome, 'success') = 'success'
              AND e.session_id IS NOT NULL
        ),
        spans AS (
            SELECT * FROM ends
            WHERE activity = 'logon' AND then_done = 'logoff' AND happened_on BETWEEN :from AND :until
        ),
        roaming AS (SELECT host, account FROM spans GROUP BY host, account HAVING count(DISTINCT source) > 1),
        overlaps AS (
            SELECT a.host, a.account_domain, a.account, count(*) AS overlaps, min(a.began_us) AS overlap_us,
                   min_by(a.row_id, a.began_us) AS session_row, min_by(b.row_id, a.began_us) AS other_session_row
            FROM roaming r
            JOIN spans a ON a.host = r.host AND a.account = r.account
            JOIN spans b ON b.host = a.host AND b.account = a.account AND b.began_us < a.ended_us
                        AND ((b.began_us > a.began_us AND b.source <> a.source)
                             OR (b.began_us = a.began_us AND b.source > a.source))
            GROUP BY a.host, a.account_domain, a.account
        ),
        seen AS (
            SELECT system, account, max(overlaps) AS overlaps, min(overlap_us) AS overlap_us,
                   min_by(session_row, overlap_us) AS session_row, min_by(other_session_row, overlap_us) AS other_session_row
            FROM (
                SELECT n.system, o.account, o.overlaps, o.overlap_us, o.session_row, o.other_session_row
                FROM overlaps o JOIN names n ON n.known_as = o.host
                UNION ALL
                SELECT s.system, o.account, o.overlaps, o.overlap_us, o.session_row, o.other_session_row
                FROM overlaps o JOIN named s ON s.system = o.account_domain
            ) met
            GROUP BY system, account
        ),
        told AS (
            SELECT l.system, l.account, l.row_id AS account_row, o.persons, o.person_id, o.holder_row, o.other_holder_row,
                   l.holder_kind = 'shared' OR coalesce(o.said_shared, 0) = 1 AS is_shared,
                   coalesce(l.left_out, CASE WHEN l.holder_kind = 'service' OR l.not_services = FALSE THEN 'service' END) AS excluded_because
            FROM listed l
            LEFT JOIN owners o ON o.system = l.system AND o.account = l.account
        ),
        firsts AS (
            SELECT system, person_id, min(account) AS first_account FROM told
            WHERE excluded_because IS NULL AND persons = 1 AND NOT coalesce(is_shared, FALSE)
            GROUP BY system, person_id
        )
        SELECT t.system, t.account, t.account_row, t.persons, t.person_id, t.excluded_because, s.overlaps, s.overlap_us,
               f.first_account,
               CASE WHEN t.is_shared OR t.persons > 1 THEN t.holder_row ELSE s.session_row END AS first_row,
               CASE WHEN t.is_shared OR t.persons > 1 THEN nullif(t.other_holder_row, t.holder_row)
                    ELSE s.other_session_row END AS second_row,
               CASE WHEN t.is_shared THEN 'said_shared'
                    WHEN t.persons > 1 THEN 'several'
                    WHEN s.overlaps IS NOT NULL THEN 'overlap'
                    WHEN t.persons IS NULL THEN 'no_holder'
                    WHEN f.first_account <> t.account THEN 'second_id'
                    ELSE 'good' END AS state
        FROM told t
        LEFT JOIN seen s ON s.system = t.system AND s.account = t.account
        LEFT JOIN firsts f ON f.system = t.system AND f.person_id = t.person_id
    """,
    exclusions={
        **LEFT_OUT,
        "service": Text("登記為系統服務的帳號", "accounts registered as a service"),
    },
    exceptions="""
        SELECT p.system, p.account, p.state AS defect, p.persons, p.person_id, p.overlaps, p.overlap_us AS overlap_at_us,
               CASE WHEN p.state = 'second_id' THEN p.first_account END AS other_account,
               p.account_row, p.first_row, p.second_row
        FROM population p
        WHERE p.state IN ('said_shared', 'several', 'overlap', 'second_id')
    """,
    undetermined="SELECT p.system, p.account, p.state AS why FROM population p WHERE p.state = 'no_holder'",
    unclear={
        "no_holder": Text("帳號歸屬沒有這個帳號，不知道是誰使用", "the register of holders does not say who uses it"),
    },
    key=("system", "account"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "{system} 帳號 {account}：{defect:word}（使用人數 {persons}，重疊 {overlaps} 次，首次 {overlap_at_us:moment}，另一帳號 {other_account}）",
        "account {account} on {system}: {defect:word} (persons {persons}, overlaps {overlaps}, the first at {overlap_at_us:moment}, other account {other_account})",
    ),
    words={
        "said_shared": Text("登記為共用帳號", "registered as shared"),
        "several": Text("登記的使用人不只一人", "registered to more than one person"),
        "overlap": Text("不同電腦的工作階段時間重疊", "its sessions from different computers overlap in time"),
        "second_id": Text("同一人在同一系統另有帳號", "its holder has another account on the system"),
    },
    remedy=Text(
        "一人一帳號：共用帳號改為個人帳號並停用，重複的帳號停用；確需共用或管理用帳號者，書面核准並能追查每次使用的人。",
        "One person, one account: replace shared accounts by personal ones and disable them, disable doubled ones; where one must be shared or kept for administration, approve it in writing and be able to tell who used it each time.",
    ),
    margin=None,
)
