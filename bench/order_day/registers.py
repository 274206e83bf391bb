"""The firm's lists on the day of orders: who works there, whose the accounts are, what was granted, written down and said.

Customers, their accounts and money grow with the day. In every list some rows are broken; which, is said by remainders of the customer's number.
"""

from order_day.orders import DAY, OPENING_US, STAFF, SYMBOLS, Size

HOUR = 3_600_000_000
SYMBOL = f"'2' || lpad(CAST({{0}} % {SYMBOLS} AS VARCHAR), 3, '0')"
_ROADS = (
    "臺北市大安區和平東路",
    "臺北市中山區南京東路",
    "臺北市信義區松德路",
    "臺北市士林區中正路",
    "新北市板橋區文化路",
    "新北市永和區永貞路",
    "高雄市左營區崇德路",
    "臺中市西屯區青海路",
)
_ROAD = (
    "CASE {0} % 8 "
    + " ".join(f"WHEN {number} THEN '{road}'" for number, road in enumerate(_ROADS))
    + " END || ({0} // 8 % 4 + 1) || '段' || ({0} // 32 % 300 + 1) || '巷' || ({0} // 9600 % 10 + 1) || '弄'"
    " || ({0} // 96000 + 1) || '號' || ({0} % 7 + 2) || '樓'"
)
"""An address in one of 96,000 lanes and alleys: some two customers in a hundred live where an employee does."""

Columns = dict[str, str]


def registers(size: Size) -> dict[str, tuple[Columns, int]]:
    """By table: values of its columns in terms of the row's number `i`, and how many rows. `k` stands for a customer's number."""
    return {**_people(size), **_credit(size), **_trading(size)}


def _people(size: Size) -> dict[str, tuple[Columns, int]]:
    # First the employees, then their spouses, then the firm itself, then the customers.
    spouses = STAFF // 4
    before = STAFF + spouses + 1
    k = f"(i - {before})"
    who = f"CASE WHEN i < {STAFF} THEN 's' || i WHEN i < {before - 1} THEN 'r' || ((i - {STAFF}) * 4) WHEN i = {before - 1} THEN 'p0' ELSE 'c' || {k} END"
    staffed = f"i < {STAFF}"
    return {
        "employees": (
            {
                "person_id": "'e' || i",
                "name": "'員工' || i",
                "national_id": "'S' || i",
                "department": "'經紀部'",
                "title": "'營業員'",
                "hired_on": "'2020-01-01'",
                "left_on": "CASE WHEN i % 200 = 199 THEN '2026-06-30' END",
            },
            STAFF,
        ),
        "relations": (
            {
                "person_id": "'e' || (i * 4)",
                "related_name": "'家屬' || i",
                "national_id": "'R' || (i * 4)",
                "relation": "'spouse'",
                "known_from": "'declared'",
            },
            spouses,
        ),
        "customers": (
            {
                "customer_id": f"'K' || {who}",
                "name": f"CASE WHEN {staffed} THEN '員工' || i ELSE '客戶' || i END",
                "national_id": f"upper({who})",
                "holder_type": "'natural'",
                "residency": f"CASE WHEN i >= {before} AND {k} % 5000 = 31 THEN 'foreign' ELSE 'domestic' END",
                "born_on": f"CASE WHEN i >= {before} AND {k} % 2500 = 37 THEN DATE '2012-05-05' ELSE DATE '1950-01-01' + CAST(i * 7 % 18000 AS INTEGER) END",
                "died_on": f"CASE WHEN i >= {before} AND {k} % 5000 = 7 THEN DATE '2026-10-01' END",
            },
            before + size.customers,
        ),
        "trading_accounts": (
            {
                "account": who,
                "customer_id": f"'K' || {who}",
                "account_class": f"CASE WHEN i = {before - 1} THEN 'proprietary' WHEN i >= {before} OR i % 50 = 0 THEN 'ordinary' ELSE 'insider' END",
                "representative_id": f"CASE WHEN i >= {before} THEN 'e' || ({k} % {STAFF}) END",
                "representative_from": "'2021-01-01'",
                "opened_on": "'2021-01-01'",
            },
            before + size.customers,
        ),
        "account_authorizations": (
            {
                "account": "'c' || (45 + i * 100)",
                "agent_name": "'代理人' || i",
                "national_id": f"CASE WHEN i % 50 = 0 THEN 'S' || (i % {STAFF}) ELSE 'G' || i END",
                "authority": "'trade'",
                "authority_from": "'2024-01-01'",
            },
            size.customers // 100,
        ),
        "contact_details": _contacts(size),
        "known_networks": (
            {
                "network": "CASE i WHEN 0 THEN '198.51.100.0/26' WHEN 1 THEN '203.0.113.0/24' ELSE '192.0.2.0/24' END",
                "network_kind": "CASE i WHEN 0 THEN 'carrier_nat' WHEN 1 THEN 'branch' ELSE 'office' END",
            },
            3,
        ),
    }


def _contacts(size: Size) -> tuple[Columns, int]:
    """Address, mobile phone, mail and bank account of each; one customer in 5,000 has the phone of the representative."""
    one, staff, kind = "(i // 4)", f"(i // 4 < {STAFF})", "(i % 4)"
    k = f"({one} - {STAFF})"
    number = f"CASE WHEN NOT {staff} AND {k} % 5000 = 41 THEN {k} % {STAFF} ELSE {one} END"
    return (
        {
            "party_kind": f"CASE WHEN {staff} THEN 'employee' ELSE 'customer' END",
            "party_id": f"CASE WHEN {staff} THEN 'e' || {one} ELSE 'Kc' || {k} END",
            "contact_kind": f"CASE {kind} WHEN 0 THEN 'residence' WHEN 1 THEN 'mobile' WHEN 2 THEN 'email' ELSE 'settlement_account' END",
            "contact_value": f"CASE {kind} WHEN 0 THEN {_ROAD.format(one)} WHEN 1 THEN '09' || lpad(CAST({number} AS VARCHAR), 8, '0')"
            f" WHEN 2 THEN 'm' || {one} || '@example.com' ELSE '8120' || lpad(CAST({one} AS VARCHAR), 10, '0') END",
            "used_from": "'2022-01-01'",
        },
        4 * (STAFF + size.customers),
    )


def _credit(size: Size) -> dict[str, tuple[Columns, int]]:
    # Every limit is 60 million but every 200th, which the day's orders often pass; every 1,000th of these is raised while it is passed.
    raises = size.customers // 1000
    k = f"(CASE WHEN i < {raises} THEN 11 + i * 1000 WHEN i < {raises + STAFF} THEN -1 ELSE i - {raises + STAFF} END)"
    staffed = f"i >= {raises} AND i < {raises + STAFF}"
    early = f"{k} % 400 = 11 AND i >= {raises}"
    granted = f"CASE WHEN i < {raises} THEN {OPENING_US + 2 * HOUR} WHEN {early} THEN 1736985600000000 ELSE 1772413200000000 END"
    return {
        "credit_limits": (
            {
                "limit_id": "'L' || i",
                "customer_id": f"CASE WHEN {staffed} THEN 'Ks' || (i - {raises}) ELSE 'Kc' || {k} END",
                "daily_limit": f"CASE WHEN i >= {raises} AND {k} % 200 = 11 THEN 5000000 ELSE 60000000 END",
                "valid_from_us": granted,
                "approved_at_us": granted,
                "set_by": "'e2'",
                "approved_by": "'e1'",
            },
            raises + STAFF + size.customers,
        ),
        "credit_assessments": (
            {
                "assessment_id": "'A' || i",
                "customer_id": f"CASE WHEN i < {STAFF} THEN 'Ks' || i WHEN (i - {STAFF}) % 1000 = 3 THEN 'K?' || i ELSE 'Kc' || (i - {STAFF}) END",
                "assessed_on": f"CASE WHEN i >= {STAFF} AND (i - {STAFF}) % 400 = 11 THEN DATE '2025-01-10' ELSE DATE '2026-02-20' END",
                "means": f"CASE WHEN i >= {STAFF} AND (i - {STAFF}) % 1000 = 5 THEN 1000000 ELSE 100000000 END",
                "identity_proof": "'身分證影本'",
                "means_proof": "'財力證明'",
                "assessor": "'e3'",
            },
            STAFF + size.customers,
        ),
        "defaults": (
            {
                "default_id": "'D' || i",
                "account": "'c' || (17 + i * 2500)",
                "traded_on": "'2026-11-16'",
                "due_on": "'2026-11-18'",
                "amount": "1000000",
                "cause": "'customer'",
                "declared_at_us": f"{OPENING_US - 47 * HOUR}",
            },
            size.customers // 2500,
        ),
        "market_defaults": (
            {
                "counted_from": "'2026-07-01'",
                "counted_until": "'2026-12-31'",
                "market_persons": "300",
                "firm_persons": "100",
                "value_percent": "1.5",
                "customer_percent": "1.2",
            },
            1,
        ),
        "settlements": (
            {
                "account": "'c' || i",
                "traded_on": "'2026-11-18'",
                "due_on": f"'{DAY}'",
                "net_amount": "-330000",
                "settled": "i % 5000 <> 23",
                "settled_at_us": f"CASE i % 5000 WHEN 23 THEN NULL WHEN 24 THEN {OPENING_US + 5 * HOUR} ELSE {OPENING_US + HOUR // 2} END",
            },
            size.customers,
        ),
    }


def _trading(size: Size) -> dict[str, tuple[Columns, int]]:
    insiders = size.customers // 1000
    insider = "(29 + i % 2 + i // 2 * 1000)"
    return {
        "securities": (
            {
                "effective_at_us": f"{OPENING_US - HOUR}",
                "trading_day": f"'{DAY}'",
                "market": "'twse'",
                "symbol": SYMBOL.format("i"),
                "limit_up": "220",
                "reference_price": "200",
                "limit_down": "180",
            },
            SYMBOLS,
        ),
        "disposition_securities": (
            {
                "effective_at_us": f"{OPENING_US - HOUR}",
                "begins_on": f"'{DAY}'",
                "ends_on": f"'{DAY}'",
                "market": "'twse'",
                "symbol": SYMBOL.format("(i * 45)"),
                "measure": "'disposition'",
                "single_order_limit_lots": "10",
                "cumulative_limit_lots": "30",
                "prepay_percent": "100",
            },
            SYMBOLS // 45,
        ),
        "issuer_insiders": (
            {
                "symbol": SYMBOL.format(insider),
                "national_id": f"'C' || {insider}",
                "name": f"'客戶' || {insider}",
                "role": "'director'",
                "insider_from": "'2020-01-01'",
            },
            2 * insiders,
        ),
        "insider_filings": (
            {
                "filing_id": "'F' || i",
                "item": "'1'",
                "symbol": SYMBOL.format("(30 + i * 1000)"),
                "insider_national_id": "'C' || (30 + i * 1000)",
                "method": "'market'",
                "channel": "'regular'",
                "quantity": "1000000",
                "daily_quantity": "1000000",
                "received_on": "'2026-11-10'",
                "begins_on": "'2026-11-13'",
                "ends_on": "'2026-12-12'",
            },
            insiders,
        ),
        "block_pairings": (
            {
                "pairing_id": "'B' || i",
                "traded_on": "'2026-11-19'",
                "account": "'c' || i",
                "order_id": "'Y' || i",
                "confirmed_at_us": f"{OPENING_US - 20 * HOUR}",
            },
            10,
        ),
        "special_standings": (
            {
                "customer_id": "'Kc' || (i // 3 * 5000 + CASE i % 3 WHEN 0 THEN 31 WHEN 1 THEN 35 ELSE 36 END)",
                "standing": "CASE i % 3 WHEN 0 THEN 'investment_commission' WHEN 1 THEN 'frozen' ELSE 'bankrupt' END",
                "standing_from": "'2024-01-01'",
                "known_on": "'2024-01-02'",
            },
            3 * (size.customers // 5000),
        ),
        "sale_approvals": (
            {
                "approval_id": "'V' || i",
                "customer_id": f"'Kc' || (i // {SYMBOLS} * 10000 + 31)",
                "symbol": SYMBOL.format("i"),
                "approved_on": "'2026-11-01'",
                "valid_until": "'2026-12-31'",
                "approved_quantity": "1000000",
            },
            SYMBOLS * (size.customers // 10_000),
        ),
    }
