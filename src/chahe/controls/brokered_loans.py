"""SQL of loan-brokered: large payments between customers, who looked after both, and what reached that employee afterwards."""

# What is paid month by month (rent, wages, a savings club) has an equal within a few days of a month, and another of two months or on
# the other side; two equals in one month are parts of one sum. A fee is none where the same customer paid the same employee as much in
# the half-year before.
LENT = """
    paid AS (
        SELECT c.*, c.payer_id || '|' || c.payee_id AS way, c.payee_id || '|' || c.payer_id AS back,
               c.payer_id || '|' || c.payee_id || '|' || CAST(c.number AS VARCHAR) AS loan, c.amount IS NULL AS unpriced
        FROM customer_money c
        WHERE c.paid_on >= :looked_back_since AND c.paid_on <= :as_of
    ),
    apart AS (
        SELECT p.loan, date_diff('day', p.paid_on, q.paid_on) AS days
        FROM paid p JOIN paid q ON q.way = p.way
        WHERE 10 * q.amount >= 9 * p.amount AND 9 * q.amount <= 10 * p.amount
    ),
    months AS (
        SELECT loan, CASE WHEN abs(days) BETWEEN 25 AND 35 THEN sign(days) WHEN abs(days) BETWEEN 55 AND 65 THEN 2 * sign(days) END AS month
        FROM apart
    ),
    monthly AS (SELECT loan FROM months GROUP BY loan HAVING count(DISTINCT month) >= 2 AND min(abs(month)) = 1),
    lent AS (
        SELECT p.*, CASE WHEN p.related IS NOT NULL THEN 'related' WHEN m.loan IS NOT NULL THEN 'monthly' END AS explained
        FROM paid p LEFT JOIN monthly m ON m.loan = p.loan
        WHERE p.unpriced OR p.amount >= :least
    ),
    received AS (
        SELECT s.*, s.person_id || '|' || s.customer_id AS pair, s.person_id || '|' || s.customer_id || '|' || CAST(s.number AS VARCHAR) AS fee_id
        FROM staff_money s
        WHERE s.towards = 'staff' AND s.set_apart IS NULL AND s.unsure IS NULL AND s.way <> 'passed_on'
    ),
    wonted AS (
        SELECT DISTINCT a.fee_id
        FROM received a JOIN received b ON b.pair = a.pair
        WHERE b.paid_on < a.paid_on AND b.paid_on >= a.paid_on - 183 AND 10 * b.amount >= 9 * a.amount AND 9 * b.amount <= 10 * a.amount
    ),
    fees AS (
        SELECT r.* FROM received r LEFT JOIN wonted w ON w.fee_id = r.fee_id WHERE w.fee_id IS NULL
    )
"""
JUDGED = """
    ends AS (
        SELECT loan, payer_id AS customer_id, paid_on, amount, unpriced FROM lent
        UNION ALL
        SELECT loan, payee_id, paid_on, amount, unpriced FROM lent
    ),
    kept AS (
        SELECT DISTINCT e.loan, e.customer_id, e.loan || '|' || e.customer_id AS side,
               CASE WHEN e.paid_on >= coalesce(t.representative_from, DATE '1900-01-01') THEN t.representative_id END AS person_id
        FROM ends e JOIN trading_accounts t ON t.customer_id = e.customer_id
        WHERE e.paid_on >= coalesce(t.opened_on, DATE '1900-01-01') AND e.paid_on <= coalesce(t.closed_on, DATE '2999-12-31')
    ),
    certain AS (SELECT loan, side FROM kept GROUP BY loan, side HAVING count(*) = count(person_id)),
    told AS (SELECT loan, count(*) AS customers FROM certain GROUP BY loan),
    own AS (
        SELECT k.loan, k.person_id, k.loan || '|' || k.person_id AS deed, count(*) AS customers, count(c.side) AS certain
        FROM kept k LEFT JOIN certain c ON c.side = k.side
        WHERE k.person_id IS NOT NULL
        GROUP BY k.loan, k.person_id
    ),
    matched AS (
        SELECT e.loan, f.person_id, e.loan || '|' || f.person_id AS deed, f.fee_id, f.paid_on, f.amount, f.row_id, f.staff_row,
               CAST(f.paid_on AS VARCHAR) || '|' || f.fee_id AS place
        FROM ends e JOIN fees f ON f.customer_id = e.customer_id
        WHERE f.paid_on >= e.paid_on AND date_diff('day', e.paid_on, f.paid_on) <= :fee_days
          AND (e.unpriced OR 1000 * f.amount >= :fee_least * e.amount AND 1000 * f.amount <= :fee_most * e.amount)
    ),
    rewarded AS (SELECT DISTINCT loan, person_id, deed FROM matched),
    concerned AS (
        SELECT loan, person_id, deed FROM own WHERE customers = 2
        UNION
        SELECT loan, person_id, deed FROM rewarded
    ),
    seen AS (SELECT DISTINCT person_id FROM staff_money WHERE customer_id IS NULL),
    judged AS (
        SELECT c.person_id, c.deed, l.payer_id, l.payee_id, l.way, l.number, l.paid_on, l.amount, l.explained, l.row_id, l.payer_row, l.payee_row,
               CASE WHEN l.explained IS NOT NULL THEN NULL
                    WHEN o.customers = 2 AND r.deed IS NOT NULL
                    THEN CASE WHEN l.unsure IS NOT NULL THEN l.unsure WHEN l.unpriced THEN 'amount' ELSE 'brokered' END
                    WHEN r.deed IS NOT NULL AND coalesce(o.certain, 0) = coalesce(t.customers, 0) THEN 'book_unknown'
                    WHEN o.customers = 2 AND l.unsure IS NULL AND s.person_id IS NULL THEN 'no_statement' END AS state
        FROM lent l
        JOIN concerned c ON c.loan = l.loan
        LEFT JOIN own o ON o.deed = c.deed
        LEFT JOIN told t ON t.loan = c.loan
        LEFT JOIN rewarded r ON r.deed = c.deed
        LEFT JOIN seen s ON s.person_id = c.person_id
    ),
    graded AS (SELECT j.*, CASE WHEN j.state = 'brokered' THEN j.number END AS place FROM judged j),
    pairs AS (
        SELECT person_id, payer_id AS lender_id, payee_id AS borrower_id, way, person_id || '|' || way AS pair, count(place) AS loans,
               sum(CASE WHEN place IS NOT NULL THEN amount END) AS lent, min_by(paid_on, place) AS lent_on, min_by(row_id, place) AS loan_row,
               min_by(payer_row, place) AS payer_row, min_by(payee_row, place) AS payee_row,
               min(CASE WHEN state <> 'brokered' THEN state END) AS doubt,
               CASE WHEN count(*) = count(explained) THEN min(explained) END AS excluded_because
        FROM graded GROUP BY person_id, payer_id, payee_id, way
    ),
    taken AS (
        SELECT DISTINCT g.person_id || '|' || g.way AS pair, m.fee_id, m.paid_on, m.amount, m.row_id, m.staff_row, m.place
        FROM graded g JOIN matched m ON m.deed = g.deed
        WHERE g.place IS NOT NULL
    ),
    taken_in_all AS (
        SELECT pair, min(paid_on) AS fee_on, sum(amount) AS fee, min_by(row_id, place) AS fee_row, min_by(staff_row, place) AS staff_row
        FROM taken GROUP BY pair
    ),
    returned AS (
        SELECT x.pair, sum(p.amount) AS returned, max(p.paid_on) AS last_on, max_by(p.row_id, p.number) AS returned_row
        FROM pairs x JOIN paid p ON p.back = x.way
        WHERE p.paid_on > x.lent_on
        GROUP BY x.pair
    )
"""
PAIRS = """
    SELECT CAST(NULL AS VARCHAR) AS person_id, m.payer_id AS lender_id, CAST(NULL AS VARCHAR) AS borrower_id, 0 AS loans,
           CAST(NULL AS DECIMAL(38, 4)) AS lent, CAST(NULL AS DATE) AS lent_on, CAST(NULL AS DATE) AS fee_on, CAST(NULL AS DECIMAL(38, 4)) AS fee,
           CAST(NULL AS DECIMAL(38, 4)) AS returned, CAST(NULL AS DATE) AS last_on, CAST(NULL AS VARCHAR) AS loan_row,
           CAST(NULL AS VARCHAR) AS fee_row, CAST(NULL AS VARCHAR) AS returned_row, CAST(NULL AS VARCHAR) AS payer_row,
           CAST(NULL AS VARCHAR) AS payee_row, CAST(NULL AS VARCHAR) AS staff_row, CAST(NULL AS VARCHAR) AS doubt,
           CAST(NULL AS VARCHAR) AS excluded_because
    FROM customer_money m WHERE m.payee_id IS NULL
    UNION ALL
    SELECT p.person_id, p.lender_id, p.borrower_id, p.loans, p.lent, p.lent_on, t.fee_on, t.fee, coalesce(r.returned, 0),
           greatest(t.fee_on, r.last_on), p.loan_row, t.fee_row, r.returned_row, p.payer_row, p.payee_row,
           t.staff_row, p.doubt, p.excluded_because
    FROM pairs p
    LEFT JOIN taken_in_all t ON t.pair = p.pair
    LEFT JOIN returned r ON r.pair = p.pair
"""
"""Every customer whose statement is at hand; and payer, payee and employee of the large payments."""
