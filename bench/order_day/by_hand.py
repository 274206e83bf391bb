"""The questions of the controls over large tables, as an engineer would ask them in DuckDB of the same files: bare, of this one day.

Each gives the key columns of its control. They take for granted what the controls do not: that every record says which leg it is, that
people have national IDs, and that one account has one owner. orders-copied is not asked: what is to be expected of customers on their own
is worked out order by order in Python, and a bare query of it would be the same one again.
"""

_DAY = "DATE '2026-11-20'"
_OPEN_US = 1_795_136_400_000_000
_OWN = "a.account_class IN ('proprietary', 'error')"
_OTHERS = "a.account_class NOT IN ('proprietary', 'error', 'discretionary')"

# The accounts of employees and of those related to them, with the employee
_STAFF = """
    staff AS (
        SELECT e.person_id, 'self' AS relation, a.account, c.born_on
        FROM employees e JOIN customers c ON c.national_id = e.national_id JOIN trading_accounts a ON a.customer_id = c.customer_id
        WHERE coalesce(e.left_on >= DATE '2026-11-20', TRUE)
        UNION ALL
        SELECT r.person_id, r.relation, a.account, c.born_on
        FROM relations r JOIN customers c ON c.national_id = r.national_id JOIN trading_accounts a ON a.customer_id = c.customer_id
        JOIN employees e ON e.person_id = r.person_id WHERE coalesce(e.left_on >= DATE '2026-11-20', TRUE)
    ),
    placed AS (SELECT s.*, o.* EXCLUDE (account) FROM orders o JOIN staff s ON s.account = o.account WHERE o.event = 'new'),
    marks AS (
        SELECT DISTINCT person_id, account, relation, 'device' AS tie, device AS mark FROM placed WHERE device IS NOT NULL
        UNION ALL
        SELECT DISTINCT person_id, account, relation, 'certificate', signature FROM placed WHERE signature IS NOT NULL
    )
"""
_USED = """
    used AS (
        SELECT DISTINCT 'device' AS tie, device AS mark, account FROM orders
        WHERE event = 'new' AND device IN (SELECT mark FROM marks WHERE tie = 'device')
        UNION ALL
        SELECT DISTINCT 'certificate', signature, account FROM orders
        WHERE event = 'new' AND signature IN (SELECT mark FROM marks WHERE tie = 'certificate')
    )
"""

BY_HAND = {
    "credit-assessment-missing": f"""
        WITH sums AS (
            SELECT a.customer_id, sum(o.price * o.quantity) AS ordered FROM orders o JOIN trading_accounts a USING (account)
            WHERE o.leg = 'exchange' AND o.event = 'new' AND NOT {_OWN} GROUP BY 1
        ),
        limits AS (
            SELECT limit_id, customer_id, daily_limit, CAST(make_timestamp(valid_from_us + 28800000000) AS DATE) AS begins_on,
                   lag(daily_limit) OVER by_time AS before_limit, lag(begins_on) OVER by_time AS before_on, lead(begins_on) OVER by_time AS ends_on
            FROM credit_limits WINDOW by_time AS (PARTITION BY customer_id ORDER BY valid_from_us)
        ),
        newest AS (SELECT customer_id, max(assessed_on) AS renewed_on, max(coalesce(valid_until, DATE '9999-12-31')) AS good_until
                   FROM credit_assessments GROUP BY 1)
        SELECT l.limit_id
        FROM limits l
        ASOF LEFT JOIN credit_assessments c ON c.customer_id = l.customer_id AND c.assessed_on <= l.begins_on
        LEFT JOIN newest n ON n.customer_id = l.customer_id
        LEFT JOIN sums s ON s.customer_id = l.customer_id
        WHERE coalesce(l.ends_on >= {_DAY}, TRUE)
          AND (c.assessment_id IS NULL OR c.valid_until < l.begins_on OR l.daily_limit > c.means OR n.good_until < {_DAY}
               OR (l.daily_limit > 4990000 AND (coalesce(c.identity_proof, '') = '' OR coalesce(c.means_proof, '') = ''))
               OR (l.daily_limit > l.before_limit AND c.assessed_on <= l.before_on)
               OR (n.renewed_on < DATE '2025-11-20' AND s.ordered * 100 >= l.daily_limit * 80))
    """,
    "default-concentration": """
        WITH cases AS (SELECT d.*, a.customer_id FROM defaults d JOIN trading_accounts a USING (account) WHERE d.withdrawn_on IS NULL),
        counted AS (
            SELECT m.counted_from, m.counted_until, m.market_persons, m.value_percent, m.customer_percent,
                   greatest(count(DISTINCT c.customer_id), m.firm_persons) AS n
            FROM market_defaults m LEFT JOIN cases c ON c.traded_on BETWEEN m.counted_from AND m.counted_until
            GROUP BY m.counted_from, m.counted_until, m.market_persons, m.firm_persons, m.value_percent, m.customer_percent
        )
        SELECT 'amount', customer_id, year(traded_on) || 'H' || (month(traded_on) + 5) // 6
        FROM cases WHERE traded_on = DATE '2026-11-20' GROUP BY 2, 3 HAVING sum(amount) > 50000000
        UNION ALL
        SELECT 'share', NULL, counted_from || ' ' || counted_until FROM counted
        WHERE n >= 5 AND n * power(1 - 1 / (9.0 * n) - 1.96 / (3 * sqrt(n)), 3)
              > 2 * market_persons * greatest(value_percent, customer_percent) / 100
        UNION ALL
        SELECT 'orders', c.customer_id, min(c.default_id)
        FROM cases c JOIN orders o ON o.account = c.account AND o.leg = 'exchange' AND o.event = 'new' AND o.sent_at_us > c.declared_at_us
        WHERE c.cleared_on IS NULL GROUP BY 2
    """,
    "default-late-report": f"""
        SELECT s.account, s.traded_on FROM settlements s LEFT JOIN defaults d USING (account, traded_on)
        WHERE s.due_on = {_DAY} AND NOT (s.settled AND s.settled_at_us <= {_OPEN_US + 2 * 3_600_000_000})
          AND coalesce(d.declared_at_us > {_OPEN_US + 2 * 3_600_000_000}, TRUE)
    """,
    "order-over-limit": f"""
        WITH sent AS (
            SELECT o.order_id, o.original_order_id, a.customer_id, o.happened_on, o.sent_at_us, o.event,
                   o.quantity * coalesce(o.price, s.limit_up) AS amount
            FROM orders o JOIN trading_accounts a USING (account)
            LEFT JOIN securities s ON s.symbol = o.symbol AND s.trading_day = o.happened_on
            WHERE o.leg = 'exchange' AND NOT {_OWN}
        ),
        sums AS (SELECT customer_id, happened_on, sum(amount) AS ordered FROM sent WHERE event <> 'cancel' GROUP BY ALL),
        least AS (SELECT customer_id, min(daily_limit) AS daily_limit FROM credit_limits GROUP BY ALL),
        suspects AS (
            SELECT s.customer_id, s.happened_on FROM sums s LEFT JOIN least l USING (customer_id) WHERE s.ordered > coalesce(l.daily_limit, 0)
        ),
        looked_at AS (SELECT sent.* FROM sent JOIN suspects USING (customer_id, happened_on)),
        steps AS (
            SELECT s.*, CASE s.event WHEN 'new' THEN s.amount WHEN 'replace' THEN greatest(s.amount - b.amount, 0) END AS step
            FROM looked_at s LEFT JOIN looked_at b ON s.event = 'replace' AND b.order_id = s.original_order_id
        ),
        used AS (
            SELECT *, sum(step) OVER (PARTITION BY customer_id, happened_on ORDER BY sent_at_us, order_id) AS total FROM steps
        )
        SELECT DISTINCT u.customer_id, u.happened_on
        FROM used u ASOF LEFT JOIN credit_limits l ON l.customer_id = u.customer_id AND l.valid_from_us <= u.sent_at_us
        WHERE u.step > 0 AND u.total > coalesce(l.daily_limit, 0)
    """,
    "pre-trade-check-missing": """
        SELECT o.session, o.order_id, o.event, o.sent_at_us FROM orders o
        WHERE o.leg = 'exchange' AND o.event <> 'cancel' AND NOT EXISTS (
            SELECT 1 FROM risk_checks c
            WHERE c.order_id = o.order_id AND c.happened_on = o.happened_on AND c.account = o.account AND c.symbol = o.symbol
              AND c.side = o.side AND c.quantity = o.quantity AND c.price IS NOT DISTINCT FROM o.price
              AND c.result = 'passed' AND c.checked_at_us < o.sent_at_us)
    """,
    "disposition-prepayment-missing": """
        WITH sent AS (
            SELECT o.happened_on, o.account, a.customer_id, o.symbol, o.order_id, o.side, o.quantity, o.sent_at_us,
                   o.quantity * coalesce(o.price, s.limit_up) AS amount, o.order_category LIKE 'margin%' OR o.order_category LIKE 'short%' AS credit,
                   m.prepay_percent, m.single_order_limit_lots AS single, m.cumulative_limit_lots AS cumulative
            FROM orders o
            JOIN disposition_securities m ON m.symbol = o.symbol AND o.happened_on BETWEEN m.begins_on AND m.ends_on
            JOIN trading_accounts a USING (account)
            LEFT JOIN securities s ON s.symbol = o.symbol AND s.trading_day = o.happened_on
            WHERE o.leg = 'exchange' AND o.event = 'new' AND NOT (o.side = 'sell' AND o.order_category LIKE 'margin%')
              AND NOT (o.side = 'buy' AND o.order_category LIKE 'short%')
        ),
        summed AS (
            SELECT *, sum(quantity) OVER so_far AS total, max(quantity) OVER so_far AS largest, bool_or(credit) OVER so_far AS on_credit,
                   sum(CASE WHEN side = 'buy' THEN amount ELSE 0 END) OVER so_far AS money,
                   sum(CASE WHEN side = 'sell' THEN quantity ELSE 0 END) OVER so_far AS shares
            FROM sent
            WINDOW so_far AS (PARTITION BY happened_on, customer_id, symbol ORDER BY sent_at_us, order_id ROWS UNBOUNDED PRECEDING)
        ),
        paid AS (
            SELECT a.customer_id, p.traded_on, p.symbol, sum(p.amount) AS amount, sum(p.quantity) AS quantity
            FROM prepayments p JOIN trading_accounts a USING (account) GROUP BY ALL
        )
        SELECT s.happened_on, s.account, s.symbol, s.order_id
        FROM summed s LEFT JOIN paid p ON p.customer_id = s.customer_id AND p.traded_on = s.happened_on AND p.symbol = s.symbol
        WHERE (s.largest >= s.single * 1000 OR s.total >= s.cumulative * 1000)
          AND (coalesce(p.amount, 0) * 100 < s.money * s.prepay_percent OR coalesce(p.quantity, 0) * 100 < s.shares * s.prepay_percent)
          AND NOT (s.on_credit AND p.customer_id IS NOT NULL)
    """,
    "insider-transfer-mismatch": """
        WITH sold AS (
            SELECT e.happened_on, e.account, e.symbol, e.order_id, c.national_id, sum(e.last_quantity) AS quantity, min(e.executed_at_us) AS at_us
            FROM executions e JOIN trading_accounts a USING (account) JOIN customers c USING (customer_id)
            JOIN issuer_insiders i ON i.national_id = c.national_id AND i.symbol = e.symbol
            WHERE e.side = 'sell' AND e.event = 'fill' GROUP BY ALL
        ),
        summed AS (
            SELECT *, sum(quantity) OVER (PARTITION BY national_id, symbol, happened_on) AS total,
                   sum(quantity) OVER (PARTITION BY national_id, symbol ORDER BY at_us, order_id) AS used
            FROM sold
        )
        SELECT s.happened_on, s.account, s.symbol, s.order_id
        FROM summed s
        LEFT JOIN insider_filings f ON f.insider_national_id = s.national_id AND f.symbol = s.symbol AND f.channel = 'regular'
          AND s.happened_on BETWEEN greatest(f.begins_on, f.received_on + 3) AND f.ends_on
        WHERE s.total > 10000 AND (f.filing_id IS NULL OR s.total > f.daily_quantity OR s.used > f.quantity)
    """,
    "restricted-sale-unapproved": """
        WITH holders AS (
            SELECT a.account, a.customer_id, s.symbol FROM special_standings s JOIN trading_accounts a USING (customer_id)
            WHERE s.standing = 'investment_commission'
        ),
        filled AS (SELECT account, order_id, sum(last_quantity) AS quantity FROM executions
                   WHERE account IN (SELECT account FROM holders) GROUP BY ALL),
        sold AS (
            SELECT o.happened_on, o.account, h.customer_id, o.order_id, o.symbol, o.sent_at_us, coalesce(f.quantity, 0) AS quantity
            FROM orders o JOIN holders h ON h.account = o.account AND coalesce(h.symbol = o.symbol, TRUE)
            LEFT JOIN filled f ON f.account = o.account AND f.order_id = o.order_id
            WHERE o.leg = 'exchange' AND o.event = 'new' AND o.side = 'sell'
        )
        SELECT happened_on, account, order_id FROM (
            SELECT s.*, p.approval_id, p.approved_quantity,
                   sum(s.quantity) OVER (PARTITION BY p.approval_id ORDER BY s.sent_at_us, s.order_id) AS used
            FROM sold s LEFT JOIN sale_approvals p ON p.customer_id = s.customer_id AND p.symbol = s.symbol
              AND s.happened_on BETWEEN p.approved_on AND p.valid_until)
        WHERE approval_id IS NULL OR used > approved_quantity
    """,
    "special-customer-uncontrolled": """
        WITH standings AS (
            SELECT a.account, s.standing FROM special_standings s JOIN trading_accounts a USING (customer_id)
            WHERE coalesce(s.known_on < DATE '2026-11-20', TRUE)
            UNION ALL
            SELECT a.account, 'minor' FROM customers c JOIN trading_accounts a USING (customer_id)
            LEFT JOIN account_authorizations r ON r.account = a.account AND r.authority = 'legal_representative'
            WHERE c.born_on > DATE '2008-11-20' AND r.account IS NULL
        )
        SELECT DISTINCT o.happened_on, o.account, o.order_id
        FROM orders o JOIN standings s ON s.account = o.account
        JOIN orders w ON w.order_id = o.order_id AND w.account = o.account AND w.happened_on = o.happened_on AND w.leg = 'customer'
        WHERE o.leg = 'exchange' AND o.event = 'new' AND w.channel NOT IN ('counter', 'ordinary')
          AND (s.standing IN ('minor', 'bankrupt', 'defaulted', 'unregistered_foreign', 'guardianship')
               OR (s.standing = 'frozen' AND o.side = 'sell') OR (s.standing = 'investment_commission' AND o.side = 'buy'))
    """,
    "customer-account-used": f"""
        WITH {_STAFF}, {_USED},
        permitted AS (
            SELECT DISTINCT t.account FROM account_authorizations t ANTI JOIN employees e ON e.national_id = t.national_id
            WHERE t.authority IN ('trade', 'discretionary', 'legal_representative')
        ),
        several AS (
            SELECT device FROM orders WHERE event = 'new' AND device IS NOT NULL GROUP BY device HAVING count(DISTINCT account) >= 3
        ),
        homes AS (
            SELECT party_id AS customer_id, min(contact_value) AS home FROM contact_details
            WHERE party_kind = 'customer' AND contact_kind IN ('registered_address', 'residence') AND used_until IS NULL GROUP BY 1
        )
        SELECT DISTINCT 'hand', m.person_id, u.account, NULL
        FROM used u JOIN marks m USING (tie, mark) JOIN trading_accounts a ON a.account = u.account
        WHERE u.account NOT IN (SELECT account FROM staff) AND {_OTHERS}
        UNION ALL
        SELECT DISTINCT 'death', NULL, o.account, NULL
        FROM orders o JOIN trading_accounts a USING (account) JOIN customers c USING (customer_id)
        WHERE o.event = 'new' AND o.happened_on > c.died_on
        UNION ALL
        SELECT 'device', a.representative_id, NULL, o.device
        FROM orders o JOIN several USING (device) JOIN trading_accounts a USING (account) LEFT JOIN homes h USING (customer_id)
        WHERE o.event = 'new' AND o.account NOT IN (SELECT account FROM permitted) AND a.representative_id IS NOT NULL AND {_OTHERS}
        GROUP BY a.representative_id, o.device HAVING count(DISTINCT coalesce(h.home, a.customer_id)) >= 3
    """,
    "insider-account-lent": f"""
        WITH {_STAFF}, {_USED},
        crowd AS (SELECT tie, mark, count(*) AS accounts FROM used GROUP BY ALL)
        SELECT DISTINCT m.person_id, m.account, u.account
        FROM marks m JOIN crowd c USING (tie, mark) JOIN used u USING (tie, mark) JOIN trading_accounts a ON a.account = u.account
        WHERE m.relation IN ('self', 'spouse', 'minor_child') AND u.account <> m.account AND c.accounts <= 8 AND {_OTHERS}
          AND (u.account NOT IN (SELECT account FROM staff) OR m.account < u.account)
          AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.account = u.account AND s.person_id = m.person_id)
        UNION ALL
        SELECT DISTINCT person_id, account, NULL FROM placed
        WHERE handler_id = person_id AND relation IN ('self', 'minor_child') AND channel IN ('voice', 'counter', 'ordinary')
        UNION ALL
        SELECT DISTINCT e.person_id, NULL, t.account
        FROM account_authorizations t JOIN employees e ON e.national_id = t.national_id
        WHERE coalesce(e.left_on >= DATE '2026-11-20', TRUE) AND coalesce(t.authority_until >= DATE '2026-11-20', TRUE)
    """,
    "opposite-trade-linked": f"""
        WITH {_STAFF},
        mine AS (SELECT * FROM placed WHERE coalesce(client_address, '') NOT LIKE '198.51.100.%'),
        met AS (
            SELECT p.person_id, p.account, o.account AS other FROM placed p JOIN orders o
            ON o.device = p.device AND o.symbol = p.symbol AND o.side <> p.side AND o.happened_on = p.happened_on AND o.event = 'new'
            UNION
            SELECT p.person_id, p.account, o.account FROM placed p JOIN orders o
            ON o.signature = p.signature AND o.symbol = p.symbol AND o.side <> p.side AND o.happened_on = p.happened_on AND o.event = 'new'
            UNION
            SELECT p.person_id, p.account, o.account FROM mine p JOIN orders o
            ON o.client_address = p.client_address AND o.symbol = p.symbol AND o.side <> p.side AND o.happened_on = p.happened_on
               AND o.event = 'new' AND abs(o.received_at_us - p.received_at_us) <= 300000000 AND least(o.quantity, p.quantity) * 100 >= 80 * greatest(o.quantity, p.quantity)
            JOIN trading_accounts a ON a.account = o.account JOIN customers c USING (customer_id)
            WHERE a.representative_id = p.person_id OR c.died_on < p.happened_on OR age(p.happened_on, c.born_on) >= INTERVAL 80 YEAR
        )
        SELECT DISTINCT m.person_id, m.account, m.other FROM met m JOIN trading_accounts a ON a.account = m.other
        WHERE m.other NOT IN (SELECT account FROM staff) AND {_OTHERS}
    """,
    "shared-ip": f"""
        WITH {_STAFF},
        mine AS (
            SELECT DISTINCT person_id, account, client_address, happened_on FROM placed
            WHERE client_address IS NOT NULL AND client_address NOT LIKE '198.51.100.%'
        ),
        seen AS (
            SELECT DISTINCT o.account, o.client_address, o.happened_on FROM orders o
            JOIN (SELECT DISTINCT client_address, happened_on FROM mine) USING (client_address, happened_on) WHERE o.event = 'new'
        ),
        few AS (SELECT client_address, happened_on FROM seen GROUP BY ALL HAVING count(*) <= 8)
        SELECT m.person_id, m.account, t.account
        FROM mine m JOIN few USING (client_address, happened_on) JOIN seen t USING (client_address, happened_on)
        JOIN trading_accounts a ON a.account = t.account JOIN customers c ON c.customer_id = a.customer_id
        WHERE t.account NOT IN (SELECT account FROM staff) AND {_OTHERS}
        GROUP BY ALL HAVING count(DISTINCT m.happened_on) >= 2 OR bool_or(a.representative_id = m.person_id) OR bool_or(c.died_on < m.happened_on)
    """,
    "recommendation-irregular": f"""
        WITH ours AS (SELECT account FROM trading_accounts WHERE account_class IN ('insider', 'proprietary')),
        made AS (SELECT *, CASE WHEN made_at_us < {_OPEN_US} THEN {_OPEN_US + 2 * 3_600_000_000} ELSE {_OPEN_US + 74 * 3_600_000_000} END AS until_us
                 FROM recommendations WHERE made_as = 'recommendation')
        SELECT DISTINCT 'traded', m.recommendation_id, NULL, o.account, o.order_id
        FROM orders o JOIN ours USING (account) JOIN made m ON m.symbol = o.symbol
        WHERE o.leg = 'customer' AND o.event = 'new' AND o.received_at_us >= m.made_at_us AND o.received_at_us < m.until_us
        UNION ALL
        SELECT 'recommended', m.recommendation_id, m.customer_id, NULL, NULL
        FROM made m ASOF LEFT JOIN recommendation_contracts c ON c.customer_id = m.customer_id AND c.signed_on <= make_timestamp(m.made_at_us + 28800000000)
        WHERE m.made_at_us >= {_OPEN_US - 9 * 3_600_000_000} AND NOT coalesce(c.professional, FALSE)
          AND (m.audience = 'public' OR c.contract_id IS NULL OR c.explained_by_id IS NULL OR coalesce(c.explained_on > c.signed_on, TRUE)
               OR m.risk_level > c.risk_tolerance)
    """,
    "insider-account-left-open": """
        SELECT a.account FROM trading_accounts a JOIN customers c USING (customer_id)
        WHERE a.closed_on IS NULL AND a.account_class NOT IN ('insider', 'proprietary', 'error') AND c.national_id IN (
            SELECT national_id FROM employees WHERE left_on IS NULL
            UNION
            SELECT r.national_id FROM relations r JOIN employees e USING (person_id)
            WHERE e.left_on IS NULL AND r.relation IN ('spouse', 'minor_child'))
    """,
    "customer-data-query-unapproved": """
        WITH looked AS (
            SELECT DISTINCT system, person_id, account, customer_id, data_class, action, happened_on, request_id FROM data_queries
        )
        SELECT l.system, l.person_id, l.account, l.customer_id, l.data_class, l.action, l.happened_on, l.request_id
        FROM looked l JOIN trading_accounts a USING (account) JOIN employees e ON e.person_id = l.person_id
        LEFT JOIN query_requests r ON r.request_id = l.request_id AND r.requester_id = l.person_id AND r.account = l.account
          AND r.data_class = l.data_class AND r.approver_id IN (SELECT person_id FROM query_authorities)
          AND CAST(make_timestamp(r.approved_at_us + 28800000000) AS DATE) BETWEEN l.happened_on - 1 AND l.happened_on
        LEFT JOIN work_items w ON w.person_id = l.person_id AND w.account = l.account AND w.assigned_on <= l.happened_on
        LEFT JOIN interests i ON i.person_id = l.person_id AND i.customer_id = a.customer_id
        WHERE e.left_on < l.happened_on
           OR ((r.request_id IS NULL OR i.person_id IS NOT NULL)
               AND (i.person_id IS NOT NULL OR (a.representative_id <> l.person_id AND w.item_id IS NULL)))
    """,
}
