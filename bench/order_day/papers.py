"""What is written down about conduct on the day of orders: look-ups, money, messages, recommendations, complaints, checks of desks."""

from order_day.orders import DAY, OPENING_US, STAFF, Size
from order_day.registers import HOUR, SYMBOL, Columns


def papers(size: Size) -> dict[str, tuple[Columns, int]]:
    """By table: values of its columns in terms of the row's number `i`, and how many rows."""
    return {**_conduct(size), **_papers(size)}


def _conduct(size: Size) -> dict[str, tuple[Columns, int]]:
    customers = size.customers
    # An employee looks at customers of the own; every 500th time at another's, every second time of these with a form.
    other = f"('c' || ((i + 1) % {customers}))"
    own = f"'c' || (i % {STAFF} + {STAFF} * (i // {STAFF} % {customers // STAFF}))"
    return {
        "data_queries": (
            {
                "queried_at_us": f"{OPENING_US} + i * {16_000_000_000 // customers}",
                "system": "'customer-desk'",
                "person_id": f"'e' || (i % {STAFF})",
                "account": f"CASE WHEN i % 500 = 0 THEN {other} ELSE {own} END",
                "data_class": "'trading'",
                "action": "'view'",
                "request_id": "CASE WHEN i % 1000 = 0 THEN 'Q' || lpad(CAST(i // 1000 AS VARCHAR), 6, '0') END",
            },
            customers,
        ),
        "query_requests": (
            {
                "request_id": "'Q' || lpad(CAST(i AS VARCHAR), 6, '0')",
                "requested_on": f"'{DAY}'",
                "reason_code": "'customer'",
                "reason": "'客戶來電查詢成交明細'",
                "requester_id": f"'e' || (i * 1000 % {STAFF})",
                "requester_name": "'員工' || i",
                "requester_title": "'營業員'",
                "account": f"'c' || ((i * 1000 + 1) % {customers})",
                "data_class": "'trading'",
                "approver_id": "'e7'",
                "approved_at_us": f"{OPENING_US - HOUR}",
            },
            customers // 1000,
        ),
        "query_authorities": ({"person_id": "'e7'", "data_class": "'all'", "authority_from": "'2020-01-01'"}, 1),
        "work_items": (
            {
                "item_id": "'W' || i",
                "item_kind": "'service'",
                "person_id": "'e' || i",
                "account": "'c' || i",
                "assigned_on": "'2026-11-01'",
            },
            STAFF,
        ),
        "interests": (
            {
                "person_id": "'e' || i",
                "customer_id": "'Kc' || (i + 1)",
                "interest_kind": "'dealing'",
                "interest_from": "'2026-01-01'",
            },
            20,
        ),
        "transfers": _transfers(customers),
        "messages": (
            {
                "said_at_us": f"{OPENING_US} + i * {16_000_000_000 // (size.records // 100)}",
                "conversation": "'對話' || (i // 20)",
                "channel": "'line'",
                "sender": f"CASE WHEN i % 2 = 0 THEN '員工' || (i // 20 % {STAFF}) ELSE '客戶' || (i // 20) END",
                "sender_role": "CASE WHEN i % 2 = 0 THEN 'staff' ELSE 'customer' END",
                "kind": "'text'",
                "text": "CASE WHEN i % 5000 = 0 THEN '這檔我保證獲利，放心買' WHEN i % 4 = 0 THEN '您好，您的委託已經全部成交，明細請看附件'"
                " WHEN i % 4 = 2 THEN '今天大盤震盪，請留意風險' ELSE '好的，謝謝' END",
            },
            size.records // 100,
        ),
    }


def _transfers(customers: int) -> tuple[Columns, int]:
    """A line of the firm's ledger for each customer, ten of each employee's own account (one in 200 of these is with a customer), and
    twenty loans: the lender's line and the reward to whoever looks after both."""
    line, ledger, staff = f"(i - {customers})", f"i < {customers}", f"i < {customers + 10 * STAFF}"
    loan = f"({line} - {10 * STAFF})"
    lender = f"({STAFF} + {loan} // 2)"
    lends = f"{loan} % 2 = 0"

    def account(number: str) -> str:
        return f"'8120' || lpad(CAST({number} AS VARCHAR), 10, '0')"

    return (
        {
            "bank": "'812'",
            "account": f"CASE WHEN {ledger} THEN '99900000999999' WHEN {staff} THEN {account(f'{line} % {STAFF}')}"
            f" WHEN {lends} THEN {account(f'{lender} + {STAFF}')} ELSE {account(f'{lender} % {STAFF}')} END",
            "booked_on": f"'{DAY}'",
            "direction": f"CASE WHEN NOT ({staff}) AND {lends} THEN 'out' ELSE 'in' END",
            "amount": f"CASE WHEN {ledger} THEN 330000 WHEN {staff} THEN 150000 WHEN {lends} THEN 500000 ELSE 5000 END",
            "currency": "'TWD'",
            "counterparty_bank": "'812'",
            "counterparty_account": f"CASE WHEN {ledger} THEN {account(f'i + {STAFF}')}"
            f" WHEN {staff} AND {line} % 200 = 0 THEN {account(f'{line} + {STAFF}')}"
            f" WHEN {staff} THEN '700000' || lpad(CAST({line} AS VARCHAR), 8, '0') ELSE {account(f'{lender} + {2 * STAFF}')} END",
            "known_by": f"CASE WHEN {ledger} THEN 'ledger' WHEN NOT ({staff}) AND {lends} THEN 'complaint' ELSE 'declared' END",
        },
        customers + 10 * STAFF + 40,
    )


def _papers(size: Size) -> dict[str, tuple[Columns, int]]:
    return {
        "recommendations": (
            {
                "recommendation_id": "'M' || i",
                "made_at_us": f"CASE WHEN i < 50 THEN {OPENING_US - 13 * HOUR} ELSE {OPENING_US} + i * 1000000 END",
                "person_id": f"'e' || (i % {STAFF})",
                "symbol": SYMBOL.format("(i * 18 + i // 50)"),
                "made_as": "CASE WHEN i < 50 OR i % 10 = 0 THEN 'recommendation' ELSE 'answer' END",
                "audience": "'customer'",
                "customer_id": "'Kc' || i",
                "risk_level": "3",
            },
            1000,
        ),
        "recommendation_contracts": (
            {
                "contract_id": "'T' || i",
                "customer_id": "CASE WHEN i % 100 = 0 THEN 'K?' || i ELSE 'Kc' || i END",
                "explained_on": "'2026-01-05'",
                "explained_by_id": "'e5'",
                "signed_on": "'2026-01-05'",
                "risk_tolerance": "4",
                "professional": "FALSE",
            },
            1000,
        ),
        "property_checks": (
            {
                "check_id": "'PC' || i",
                "person_id": "'e' || i",
                "item_no": "1",
                "checked_on": f"CASE WHEN i % 100 = 5 THEN DATE '{DAY}' ELSE DATE '2026-09-01' END",
                "inspector_id": f"'e' || ((i + 1) % {STAFF})",
                "item_kind": "CASE WHEN i % 100 = 5 THEN 'passbook' ELSE 'none' END",
                "owner_id": "CASE WHEN i % 100 = 5 THEN 'Kc' || i END",
            },
            STAFF,
        ),
        "statement_deliveries": (
            {
                "delivery_id": "'SD' || i",
                "customer_id": "'Kc' || i",
                "delivered_on": f"'{DAY}'",
                "sent_to": f"'m' || CASE WHEN i % 5000 = 0 THEN 3 ELSE i + {STAFF} END || '@example.com'",
            },
            size.customers // 10,
        ),
        "complaint_flow": (
            {
                "step": "'步驟' || (i + 1)",
                "sequence": "i + 1",
                "applies_to": "'all'",
                "due_days": "i * 3 + 1",
                "day_kind": "'business'",
                "in_force_from": "'2020-01-01'",
            },
            5,
        ),
        "complaints": (
            {
                "complaint_id": "'CP' || i",
                "received_on": "'2026-10-01'",
                "complaint_kind": "'complaint'",
                "customer_id": "'Kc' || i",
                "subject_id": "'e' || i",
                "summary": "'成交回報不實'",
            },
            500,
        ),
        "complaint_steps": (
            {
                "record_id": "'CS' || i",
                "complaint_id": "'CP' || (i // 5)",
                "step": "'步驟' || (i % 5 + 1)",
                "done_on": f"CASE WHEN i % 5 = 4 THEN DATE '{DAY}' ELSE DATE '2026-10-01' + CAST(i % 5 AS INTEGER) END",
                "performer_id": f"'e' || ((i // 5 + 1) % {STAFF})",
                "evidence": "CASE WHEN i % 100 = 99 THEN NULL ELSE '處理紀錄表' END",
            },
            2500,
        ),
        "supervision_notices": (
            {
                "notice_id": "'SN' || i",
                "manager_id": "'e' || i",
                "notified_on": "'2026-11-05'",
                "subject_id": "'e' || (i + 100)",
                "matter": "'代客操作'",
                "how": "'found'",
            },
            200,
        ),
        "supervision_actions": (
            {
                "action_id": "'SA' || i",
                "notice_id": "'SN' || i",
                "acted_on": "CASE WHEN i % 20 = 0 THEN DATE '2026-11-19' ELSE DATE '2026-11-06' END",
                "actor_id": "'e' || i",
                "measure": "'約談並調整職務'",
            },
            195,
        ),
    }
