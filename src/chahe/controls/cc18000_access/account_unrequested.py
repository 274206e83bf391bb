"""Accounts in use that nobody requested in writing, or that were approved late, in part or by oneself."""

from chahe.controls.accounts import LEFT_OUT, LISTED
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.access_requests import table as access_requests
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.user_accounts import table as user_accounts
from chahe.rules.citations import ACCOUNT_REQUESTED_AND_APPROVED
from chahe.wording import Text

control = Control(
    id="account-unrequested",
    title=Text("帳號未經申請核准", "Account without an approved request"),
    question=Text(
        "每個可用的帳號（客戶除外），建立前是否有書面申請，寫明目的與權限，並經使用單位與資訊單位主管核准？",
        "Does every account in use, customers' excepted, have a written request that names purpose and rights and was approved by the managers of the using unit and of IT before it was made?",
    ),
    cites=(ACCOUNT_REQUESTED_AND_APPROVED,),
    deck=("資安-16", "共置-方向"),
    needs=(
        Need(table=user_accounts),
        Need(table=access_requests, excuses=True),
        Need(table=account_holders, optional=True, excuses=True),
        Need(table=system_hosts, optional=True, excuses=True),
    ),
    blind_spots=(
        Text(
            "系統安裝時自帶的帳號也要申請；只有登記為系統服務、並有負責人的帳號不在母體內。",
            "Accounts that came with a system need a request, too; only those registered as a service with a responsible person are left out.",
        ),
        Text(
            "申請只有日期沒有時刻：與帳號同日核准視為事前。",
            "Requests carry days, not hours: approval on the day of creation counts as before.",
        ),
        Text(
            "帳號刪除後以同名重建時，先前的申請會被當成這一個的申請。",
            "Where an account was deleted and made again under its name, the earlier request is taken for this one's.",
        ),
        Text(
            "主管當時是否真有核准權限看不到；實際權限是否超出申請由 rights-exceed-request 查核。",
            "Whether the managers held their offices then is not seen; whether rights exceed the request is for rights-exceed-request.",
        ),
    ),
    frame=Text("各系統帳號清單中的每一個帳號", "every account on the systems' account lists"),
    # A blank purpose written as spaces is no purpose. Approvals of the same person count once; those of the asker or of the
    # account's own holder, or given before anything was asked for, count for nothing.
    population=f"""
        WITH {LISTED},
        owners AS (
            SELECT DISTINCT n.system, h.account, h.person_id
            FROM account_holders h JOIN names n ON n.known_as = h.system
        ),
        requests AS (
            SELECT l.system, l.account, l.created_on, r.row_id, r.requester_id,
                   r.user_manager_id, r.it_manager_id, r.requested_on,
                   greatest(r.user_manager_approved_on, r.it_manager_approved_on) AS approved_on,
                   trim(coalesce(r.purpose, '')) <> '' AND trim(coalesce(r.rights, '')) <> '' AS stated,
                   r.user_manager_id IS NULL OR r.it_manager_id IS NULL
                   OR r.user_manager_approved_on IS NULL OR r.it_manager_approved_on IS NULL
                   OR r.requested_on > r.user_manager_approved_on OR r.requested_on > r.it_manager_approved_on
                   AS unapproved,
                   r.user_manager_id = r.it_manager_id OR coalesce(r.requester_id IN (r.user_manager_id, r.it_manager_id), FALSE)
                   AS by_self
            FROM listed l
            JOIN names n ON n.system = l.system
            JOIN access_requests r ON r.system = n.known_as AND r.account = l.account
        ),
        own AS (
            SELECT DISTINCT r.system, r.row_id
            FROM requests r JOIN owners o ON o.system = r.system AND o.account = r.account
            WHERE o.person_id = r.user_manager_id OR o.person_id = r.it_manager_id
        ),
        ranked AS (
            SELECT r.system, r.account, r.row_id, r.approved_on,
                   CASE WHEN NOT r.stated THEN 7
                        WHEN r.unapproved THEN 6
                        WHEN r.by_self OR s.row_id IS NOT NULL THEN 5
                        WHEN r.approved_on > r.created_on THEN 4
                        WHEN r.created_on IS NULL THEN 3
                        WHEN r.requester_id IS NULL THEN 2
                        ELSE 1 END AS distance
            FROM requests r
            LEFT JOIN own s ON s.system = r.system AND s.row_id = r.row_id
        ),
        best AS (
            SELECT k.*, row_number() OVER (PARTITION BY system, account ORDER BY distance, row_id) AS place FROM ranked k
        )
        SELECT l.system, l.account, l.row_id AS account_row, l.created_on, b.row_id AS request_row, b.approved_on,
               CASE b.distance WHEN 1 THEN 'good' WHEN 2 THEN 'no_requester' WHEN 3 THEN 'no_date' WHEN 4 THEN 'late'
                               WHEN 5 THEN 'by_self' WHEN 6 THEN 'unapproved' WHEN 7 THEN 'unstated' ELSE 'none' END AS state,
               coalesce(l.left_out,
                        CASE WHEN l.not_services = FALSE AND coalesce(l.holder_kind, 'service') = 'service'
                             THEN 'service' END) AS excluded_because
        FROM listed l
        LEFT JOIN best b ON b.system = l.system AND b.account = l.account AND b.place = 1
    """,
    exclusions={
        **LEFT_OUT,
        "service": Text(
            "登記為系統服務、並有負責人的帳號", "accounts registered as a service, with a responsible person"
        ),
    },
    exceptions="""
        SELECT p.system, p.account, p.state AS defect, p.created_on, p.approved_on, p.account_row, p.request_row
        FROM population p
        WHERE p.state IN ('none', 'unstated', 'unapproved', 'by_self', 'late')
    """,
    undetermined="""
        SELECT p.system, p.account, p.state AS why FROM population p WHERE p.state IN ('no_requester', 'no_date')
    """,
    unclear={
        "no_requester": Text(
            "申請沒有寫申請人，無法知道是否自己核准自己",
            "the request does not name who asked, so it is unknown whether the asker approved it",
        ),
        "no_date": Text(
            "有核准的申請，但不知道帳號何時建立，無法知道是否事前核准",
            "there is an approved request, but the day of creation is unknown, and so whether it came first",
        ),
    },
    key=("system", "account"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{system} 的帳號 {account}（{created_on:date} 建立）：{defect:word}；核准完成日 {approved_on:date}",
        "{account} on {system} (made {created_on:date}): {defect:word}; fully approved {approved_on:date}",
    ),
    words={
        "none": Text("沒有申請紀錄", "no request is on record"),
        "unstated": Text("申請沒有寫明目的或權限", "the request does not state purpose and rights"),
        "unapproved": Text(
            "缺使用單位或資訊單位主管的核准，或核准早於申請",
            "an approval of the using unit's or IT's manager is missing, or came before the request",
        ),
        "by_self": Text(
            "由申請人、使用人自行核准，或兩項核准為同一人",
            "approved by the asker or holder, or both approvals are one person's",
        ),
        "late": Text("帳號建立後才核准", "approved only after the account was made"),
    },
    remedy=Text(
        "確認帳號是否必要：不必要者停用；必要者補辦申請，由兩位主管核准並註明補辦。往後沒有核准的申請單就不建立帳號。",
        "Find out whether the account is needed: if not, disable it; if so, file the request afterwards, approved by both managers and marked as such. Make no account without an approved request from now on.",
    ),
    margin=None,
)
