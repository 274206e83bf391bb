"""Look-ups of customers' data without a sound, numbered and approved form before them, and numbers of forms that do not follow."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Tie
from chahe.controls.look_ups import FORMS, LOOKED, MET, NUMBERS
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.data_queries import table as data_queries
from chahe.evidence.employees import table as employees
from chahe.evidence.interests import table as interests
from chahe.evidence.query_authorities import table as query_authorities
from chahe.evidence.query_requests import table as query_requests
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.evidence.work_items import table as work_items
from chahe.rules.citation import Sureness
from chahe.rules.citations import (
    CUSTOMER_DATA_LOOKED_UP_ON_APPROVAL,
    CUSTOMER_DATA_UNDER_INTERNAL_CONTROL,
    CUSTOMER_SECRETS_KEPT,
    QUERY_ID_CANCELLED_ON_LEAVING,
)
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="customer-data-query-unapproved",
    title=Text("查詢客戶資料未經申請核准", "Customers' data looked up without approval"),
    question=Text(
        "查核期間員工每次查詢客戶的開戶、徵信、交易、集保資料，事前是否都有編號、填寫完整並經有權且無利害關係的主管核准的申請單？",
        "Was every look-up of customers' data in the period preceded by a numbered, complete form, approved by somebody with the authority and without an interest of their own?",
    ),
    cites=(
        CUSTOMER_DATA_LOOKED_UP_ON_APPROVAL,
        CUSTOMER_SECRETS_KEPT,
        CUSTOMER_DATA_UNDER_INTERNAL_CONTROL,
        QUERY_ID_CANCELLED_ON_LEAVING,
    ),
    deck=("業務-10", "業務案二"),
    needs=(
        Need(table=data_queries, whole=True),
        Need(table=query_requests, excuses=True),
        Need(table=query_authorities, excuses=True),
        Need(table=trading_accounts, excuses=True),
        Need(table=employees),
        Need(table=work_items, optional=True, excuses=True),
        Need(table=interests, optional=True),
    ),
    parameters={
        "valid_days": Parameter(
            1,
            Unit.DAYS,
            Stricter.LOWER,
            Text(
                "申請單未載有效日者，核准後可查詢的日數；要點未定，取次日為止",
                "days after approval on which a form without a last day of its own may be used; the rule sets none, ours is the next day",
            ),
            Sureness.UNCONFIRMED,
        ),
        "form_actions": Parameter(
            ("print", "export"),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "即使是自己負責的客戶或指派的工作也要申請單的查詢方式；營業員檢視自己客戶視為執行職務是我們的解讀，要求檢視也填單的公司可加入 view",
                "ways of looking that need a form even for one's own customers and tasks; that representatives view their own customers' data on duty is our reading, and a firm that asks for forms there, too, adds view",
            ),
            Sureness.UNCONFIRMED,
        ),
        "orders_words": Parameter(
            ("交辦", "主管指示", "長官指示", "上級指示"),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "事由只寫主管交代的字詞：主管的話不是要點所稱的事由（業務案例二）；字詞是我們的",
                "words of a reason that is a superior's order and nothing else: such a word is no reason in the rule's sense (case two of the slides); the words are ours",
            ),
            Sureness.DECK,
        ),
    },
    blind_spots=(
        Text(
            "只看得到系統記錄的查詢；翻閱紙本、口頭詢問、他人代查，以及以他人帳號查詢，看不到。",
            "Only look-ups that systems logged are seen: not paper files, questions asked aloud, nor look-ups by a colleague's account.",
        ),
        Text(
            "申請單所載的資料期間與實際查閱的期間沒有比對；事由是否真實看不出來。利害關係只看登記與申請單上的資料使用人。",
            "The stretch of time a form asks for is not held against what was read, nor whether its reason is true. Interests are those registered, of the persons the form names.",
        ),
        Text(
            "營業員檢視現在負責的客戶、承辦人員檢視指派案件的客戶，計為執行職務而排除；帳戶清冊只有現任營業員，接任日以前的查詢無法判斷。",
            "Representatives who view their own customers, and staff the customers of their tasks, act on duty and are left out, and counted. The list of accounts has the present representative only: look-ups before the take-over cannot be judged.",
        ),
        Text(
            "申請單號取末尾的數字為流水號；每本第一號以前、最後一號以後的缺號看不出來。",
            "The serial number is the digits at a form number's end; numbers missing before a book's first or after its last form are not seen.",
        ),
    ),
    frame=Text(
        "查詢系統紀錄中查核期間的查詢（同人同日查同一帳戶的同類資料合為一件），以及期間內申請單的編號",
        "the look-ups of the period in the systems' logs, those of one person, day, account and kind of data taken together, and the numbers of the period's forms",
    ),
    population=f"""
        WITH {LOOKED}, {FORMS}, {MET}, {NUMBERS}
        SELECT 'look_up' AS row_kind, s.system, s.person_id, s.account, s.customer_id, s.data_class, s.action, s.looked_on,
               s.request_id, s.times, s.form_id, s.approver_id, s.approved_day, s.query_row, s.form_row,
               CASE WHEN s.state = 'interested' THEN coalesce(s.interest_row, s.partial_row) END AS interest_row,
               CASE WHEN s.state = 'left' THEN s.employee_row END AS employee_row, NULL AS other_form_row, s.state,
               CASE WHEN s.state = 'good' AND s.form_says <> 'good' AND s.served = 1 THEN 'own_customer'
                    WHEN s.state = 'good' AND s.form_says <> 'good' THEN 'own_task' END AS excluded_because
        FROM settled s
        UNION ALL
        SELECT 'number', NULL, NULL, NULL, NULL, NULL, NULL, n.requested_on, n.request_id, NULL, NULL, NULL, NULL, NULL, n.form_row,
               NULL, NULL, CASE WHEN n.askers > 1 OR n.days > 1 THEN n.last_form_row ELSE n.row_before END,
               CASE WHEN n.askers > 1 OR n.days > 1 THEN 'number_repeated'
                    WHEN n.number > n.number_before + 1 THEN 'number_gap' ELSE 'good' END,
               CASE WHEN n.requested_on < :from THEN 'before' WHEN n.requested_on > :as_of THEN 'after'
                    WHEN u.query_row IS NULL AND n.askers <= 1 AND n.days <= 1 AND coalesce(n.number = n.number_before + 1, TRUE)
                    THEN 'unused' END
        FROM stepped n LEFT JOIN used u ON u.form_id = n.request_id
    """,
    exclusions={
        "own_customer": Text("營業員檢視自己負責的客戶", "representatives viewing their own customers' data"),
        "own_task": Text("承辦人員檢視指派案件的客戶", "staff viewing the data their task is about"),
        "before": Text("查核期間以前的申請單", "forms of before the period"),
        "after": Text("基準日之後的申請單", "forms of after the as-of day"),
        "unused": Text("核准後沒有查詢紀錄的申請單（編號連續）", "forms without a look-up, their numbers in order"),
    },
    exceptions="""
        SELECT p.system, p.person_id, p.account, p.customer_id, p.data_class, p.action, p.looked_on, p.request_id, p.row_kind,
               coalesce(p.account, p.customer_id, p.request_id) AS subject, p.times, p.form_id, p.approver_id, p.approved_day,
               p.state AS defect, p.query_row, p.form_row, p.other_form_row, p.interest_row,
               p.employee_row
        FROM population p
        WHERE p.state NOT IN ('good', 'log_incomplete', 'reason_unclassed', 'earlier_representative')
    """,
    undetermined="""
        SELECT p.system, p.person_id, p.account, p.customer_id, p.data_class, p.action, p.looked_on, p.request_id, p.state AS why
        FROM population p WHERE p.state IN ('log_incomplete', 'reason_unclassed', 'earlier_representative')
    """,
    unclear={
        "log_incomplete": Text(
            "查詢紀錄缺時間、人員、帳戶、資料類別或查詢方式，無法與申請單或職務比對",
            "the log lacks time, person, account, kind of data or way of looking, so it cannot be held against forms or duties",
        ),
        "reason_unclassed": Text(
            "申請單沒有事由類別也沒有依據文號，無法知道是否需要法律文件",
            "the form tells neither the kind of its reason nor a legal document, so it is unknown whether it needed one",
        ),
        "earlier_representative": Text(
            "查詢在現任營業員接任以前，當時由誰負責不明",
            "the look-up was before the present representative took over; who served the account then is unknown",
        ),
    },
    key=("system", "person_id", "account", "customer_id", "data_class", "action", "looked_on", "request_id"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{row_kind:word} {subject}（{data_class:choice}；{person_id} 於 {looked_on:date}，{times} 次）：{defect:word}（申請單 {form_id}，核准人 {approver_id}，核准日 {approved_day:date}）",
        "{row_kind:word} {subject} ({data_class:choice}; {person_id} on {looked_on:date}, {times} times): {defect:word} (form {form_id}, approved by {approver_id} on {approved_day:date})",
    ),
    words={
        "look_up": Text("查詢客戶資料", "look-up of customer data"),
        "number": Text("查詢申請單號", "number of form"),
        "no_request": Text("沒有申請單", "there is no form"),
        "no_such_form": Text(
            "查詢時輸入的申請單號不存在或已作廢", "the form's number typed in does not exist, or was cancelled"
        ),
        "other_person": Text("申請單不是此人申請或執行", "the form is not this person's to use"),
        "out_of_scope": Text("超出申請單的帳戶或資料類別", "beyond the form's account or kind of data"),
        "form_incomplete": Text("申請單缺日期、事由、申請人姓名或職稱", "the form lacks date, reason, name or title"),
        "superiors_word": Text("申請事由只是主管交辦", "the form's reason is a superior's word alone"),
        "no_document": Text("以法律程序為由而沒有依據文號", "a legal reason without the document's number"),
        "unapproved": Text("申請單未經核准", "the form was not approved"),
        "self_approved": Text("申請人或執行人自己核准", "approved by the requester or who looked"),
        "no_authority": Text("核准人沒有核准權限", "the approver had no authority"),
        "interested": Text(
            "申請、查詢或核准的人與客戶有利害關係", "who asked, looked or approved has an interest in the customer"
        ),
        "approved_later": Text("核准晚於查詢", "approved after the look-up"),
        "expired": Text("申請單已逾有效日", "the form had run out"),
        "seal_copied": Text("非供稽核而列印或匯出印鑑", "a seal was printed or exported, not for audit"),
        "left": Text("離職後仍以其識別碼查詢", "looked up by the ID of somebody who had left"),
        "number_gap": Text("與前一號之間缺號", "numbers are missing before it"),
        "number_repeated": Text("同一編號用於不同的申請", "one number for different requests"),
    },
    remedy=Text(
        "停止未經核准的查詢並查明資料流向；查詢系統改為輸入已核准的單號才能查詢，申請單由專人依序編號保管，主管交辦也要填單，核准人有利害關係時改由他人核准。",
        "Stop look-ups without approval and find out where the data went; let systems open data only for an approved number, have one person keep the forms in sequence, ask superiors to use the form, too, and somebody else to approve where the approver has an interest.",
    ),
    margin=None,
    linked=Linked(
        family=Family.ACCESS,
        nodes=(
            Node(column="person_id", role=Role.EMPLOYEE),
            Node(column="account", role=Role.ACCOUNT, joins=False),
            Node(column="customer_id", role=Role.CUSTOMER, joins=False),
            Node(column="approver_id", role=Role.EMPLOYEE, joins=False),
        ),
        ties=(
            Tie(
                ends=(("person_id",), ("account", "customer_id")),
                what=Text("查詢資料", "looked up"),
                told="defect",
                strength=50,
                rows=("query_row", "form_row", "interest_row"),
            ),
            Tie(
                ends=(("approver_id",), ("person_id",)),
                what=Text("核准查詢", "approved the look-up"),
                rows=("form_row",),
                strength=30,
            ),
        ),
        events=(Event(column="looked_on", what=Text("查詢客戶資料", "look-up of customer data"), rows=("query_row",)),),
        confidence=100,
    ),
)
