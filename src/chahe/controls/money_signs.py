"""SQL of money-between-staff-and-customer: the sums of each pair, and what payments show besides: a loan's rhythm, purchases that follow."""

# Interest: a small part of an earlier payment, the other way. Two of them a week or a month apart are a step, two steps a rhythm.
_RHYTHM = """
    sure AS (
        SELECT m.*, m.person_id || '|' || m.customer_id AS pair, m.person_id || '|' || m.customer_id || '|' || CAST(m.number AS VARCHAR) AS payment
        FROM moved m WHERE m.counts
    ),
    answers AS (
        SELECT x.pair, x.payment AS principal, x.row_id AS principal_row, x.amount AS lent, a.payment, a.paid_on, a.amount
        FROM sure x JOIN sure a ON a.pair = x.pair
        WHERE a.towards <> x.towards AND a.paid_on > x.paid_on AND x.amount >= :trifle
    ),
    interest AS (
        SELECT * FROM answers WHERE 1000 * amount >= :interest_least * lent AND 1000 * amount <= :interest_most * lent
    ),
    near AS (
        SELECT a.pair, a.principal, a.principal_row, a.payment AS begins, b.payment AS ends,
               CASE WHEN abs(date_diff('day', a.paid_on, b.paid_on) - 30) <= :slack THEN 'monthly'
                    WHEN abs(date_diff('day', a.paid_on, b.paid_on) - 7) <= :slack THEN 'weekly' END AS beat
        FROM interest a JOIN interest b ON b.principal = a.principal
    ),
    steps AS (
        SELECT n.*, n.principal || ' ' || n.beat || ' ' || n.begins AS starts_at, n.principal || ' ' || n.beat || ' ' || n.ends AS stops_at FROM near n
    ),
    lent AS (
        SELECT s.pair, s.beat, s.principal_row FROM steps s JOIN steps t ON t.starts_at = s.stops_at
        UNION ALL
        SELECT pair, 'returned', principal_row FROM answers WHERE amount >= lent AND 1000 * amount <= :returned_most * lent
    ),
    loans AS (
        SELECT pair, max(CASE WHEN beat = 'monthly' THEN 1 ELSE 0 END) AS monthly, max(CASE WHEN beat = 'weekly' THEN 1 ELSE 0 END) AS weekly,
               max(CASE WHEN beat = 'returned' THEN 1 ELSE 0 END) AS returned, min(principal_row) AS loan_row
        FROM lent GROUP BY pair
    )
"""
# What is bought on a day is what was ordered, once for each order however many logs tell it. Who bought as much in the month before
# the money came buys anyway; of money that came before the first order on record nobody can tell.
_PURCHASES = """
    own_names AS (
        SELECT person_id, upper(trim(national_id)) AS national_id FROM employees
        UNION
        SELECT person_id, upper(trim(national_id)) FROM relations
    ),
    own_accounts AS (
        SELECT DISTINCT o.person_id, t.account
        FROM own_names o
        JOIN customers k ON upper(trim(k.national_id)) = o.national_id
        JOIN trading_accounts t ON t.customer_id = k.customer_id
    ),
    placed AS (
        SELECT p.person_id, o.account, o.happened_on, o.order_id, max(o.price * o.quantity) AS spent, min(o.row_id) AS order_row
        FROM orders o JOIN own_accounts p ON p.account = o.account
        WHERE o.event = 'new' AND o.side = 'buy'
        GROUP BY p.person_id, o.account, o.happened_on, o.order_id
    ),
    bought AS (
        SELECT person_id, happened_on, sum(spent) AS spent, min(order_row) AS order_row FROM placed GROUP BY person_id, happened_on
    ),
    begun AS (SELECT min(happened_on) AS begun_on FROM orders),
    came AS (
        SELECT s.pair, s.payment, s.person_id, s.paid_on, s.amount, coalesce(date_diff('day', g.begun_on, s.paid_on) >= :habit, FALSE) AS visible
        FROM sure s CROSS JOIN begun g WHERE s.weighs AND s.towards = 'staff'
    ),
    beside AS (
        SELECT c.pair, c.payment, c.amount, b.spent, b.happened_on, b.order_row, date_diff('day', c.paid_on, b.happened_on) AS days
        FROM came c JOIN bought b ON b.person_id = c.person_id
        WHERE c.visible AND 100 * b.spent >= :alike * c.amount
    ),
    wonted AS (SELECT DISTINCT payment FROM beside WHERE days < 0 AND days >= -:habit),
    coupled AS (
        SELECT b.pair, min(b.happened_on) AS bought_on, min_by(b.order_row, b.happened_on) AS bought_row
        FROM beside b LEFT JOIN wonted w ON w.payment = b.payment
        WHERE b.days >= 0 AND b.days <= :bought_days AND 100 * b.amount >= :alike * b.spent AND w.payment IS NULL
        GROUP BY b.pair
    ),
    untold AS (SELECT pair FROM came GROUP BY pair HAVING max(CASE WHEN visible THEN 1 ELSE 0 END) = 0)
"""
_SIGNS = """
    CASE WHEN l.monthly = 1 THEN '；按月付息' ELSE '' END || CASE WHEN l.weekly = 1 THEN '；按週付息' ELSE '' END
        || CASE WHEN l.returned = 1 THEN '；其後返還' ELSE '' END || CASE WHEN b.bought_on IS NOT NULL THEN '；款項後即買進' ELSE '' END
        || CASE WHEN u.pair IS NOT NULL THEN '；當時的委託不在紀錄中，是否即買進不明' ELSE '' END AS signs_zh,
    CASE WHEN l.monthly = 1 THEN '; interest by the month' ELSE '' END || CASE WHEN l.weekly = 1 THEN '; interest by the week' ELSE '' END
        || CASE WHEN l.returned = 1 THEN '; returned later' ELSE '' END || CASE WHEN b.bought_on IS NOT NULL THEN '; securities bought with it' ELSE '' END
        || CASE WHEN u.pair IS NOT NULL THEN '; orders of that time not on record, so purchases unknown' ELSE '' END AS signs_en
"""
"""What was seen, each behind its sign; blank where nothing was."""
_SEEN = """
    LEFT JOIN loans l ON l.pair = p.person_id || '|' || p.customer_id
    LEFT JOIN coupled b ON b.pair = p.person_id || '|' || p.customer_id
    LEFT JOIN untold u ON u.pair = p.person_id || '|' || p.customer_id
"""

# One row for each employee, which says whether any statement of theirs was seen, and one for each pair of employee and customer
# with the sums of all that counts. What is set apart or unsure never enters a sum.
POPULATION = f"""
    WITH moved AS (
        SELECT m.*, counts AND coalesce(amount >= :trifle, FALSE) AS weighs
        FROM (SELECT s.*, set_apart IS NULL AND unsure IS NULL AS counts FROM staff_money s) m
        WHERE customer_id IS NOT NULL AND paid_on >= :looked_back_since AND paid_on <= :as_of
    ),
    hubs AS (
        SELECT person_id, count(DISTINCT CASE WHEN weighs THEN customer_id END) AS spokes,
               count(DISTINCT customer_id) AS customers, sum(amount) AS hub_amount
        FROM moved WHERE counts GROUP BY person_id
    ),
    pairs AS (
        SELECT person_id, customer_id,
               CAST(sum(CASE WHEN counts THEN 1 ELSE 0 END) AS BIGINT) AS payments,
               sum(CASE WHEN weighs THEN 1 ELSE 0 END) AS weighty,
               sum(CASE WHEN weighs AND own_customer THEN 1 ELSE 0 END) AS own_weighty,
               sum(CASE WHEN weighs AND towards = 'staff' THEN 1 ELSE 0 END) AS took,
               sum(CASE WHEN weighs AND towards = 'customer' THEN 1 ELSE 0 END) AS gave,
               sum(CASE WHEN weighs AND circled THEN 1 ELSE 0 END) AS circles,
               sum(CASE WHEN weighs AND way = 'passed_on' THEN 1 ELSE 0 END) AS passed,
               sum(CASE WHEN counts AND way = 'relative' THEN 1 ELSE 0 END) AS by_relative,
               coalesce(sum(CASE WHEN counts AND towards = 'staff' THEN amount END), 0) AS received,
               coalesce(sum(CASE WHEN counts AND towards = 'customer' THEN amount END), 0) AS paid,
               max(CASE WHEN counts THEN amount END) AS largest,
               max(CASE WHEN counts THEN year_amount END) AS most_in_year,
               min(CASE WHEN counts THEN paid_on END) AS first_on, max(CASE WHEN counts THEN paid_on END) AS last_on,
               min_by(row_id, CASE WHEN counts THEN number END) AS first_row,
               max_by(row_id, CASE WHEN counts THEN number END) AS last_row,
               min(CASE WHEN counts THEN other_row END) AS other_row,
               min(CASE WHEN counts THEN party_row END) AS party_row, min(CASE WHEN counts THEN staff_row END) AS staff_row,
               max(set_apart) AS set_apart,
               min(CASE WHEN set_apart IS NULL AND coalesce(amount >= :trifle, TRUE) THEN unsure END) AS unsure
        FROM moved GROUP BY person_id, customer_id
    ),
    {_RHYTHM}, {_PURCHASES}
    SELECT p.*, h.customers, h.hub_amount, l.loan_row, b.bought_on, b.bought_row, {_SIGNS},
           CASE WHEN p.weighty >= 1 AND h.spokes >= :hub THEN 'hub'
                WHEN p.circles >= 1 THEN 'circle'
                WHEN p.passed >= 1 THEN 'passed_on'
                WHEN p.took >= 1 AND p.gave >= 1 THEN 'both_ways'
                WHEN p.largest >= :single THEN 'single'
                WHEN p.most_in_year >= :total THEN 'total'
                WHEN p.own_weighty >= 2 THEN 'own_customer'
                WHEN p.unsure IS NOT NULL THEN 'unsure'
                ELSE 'good' END AS state,
           CASE WHEN p.payments = 0 AND p.unsure IS NULL THEN p.set_apart END AS excluded_because
    FROM pairs p LEFT JOIN hubs h ON h.person_id = p.person_id {_SEEN}
    UNION ALL
    SELECT e.person_id, CAST(NULL AS VARCHAR), 0, 0, 0, 0, 0, 0, 0, 0, CAST(0 AS DECIMAL(18, 4)), CAST(0 AS DECIMAL(18, 4)),
           CAST(NULL AS DECIMAL(18, 4)), CAST(NULL AS DECIMAL(18, 4)), CAST(NULL AS DATE), CAST(NULL AS DATE),
           CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
           CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), 0, CAST(NULL AS DECIMAL(18, 4)), CAST(NULL AS VARCHAR), CAST(NULL AS DATE), CAST(NULL AS VARCHAR), '', '', 'good',
           CASE WHEN e.left_on < :looked_back_since THEN 'left_before' WHEN s.person_id IS NULL THEN 'no_statement' END
    FROM employees e
    LEFT JOIN (SELECT DISTINCT person_id FROM staff_money WHERE customer_id IS NULL) s ON s.person_id = e.person_id
"""
