"""SQL for look-ups of customers' data: what was looked up on whose duty, which form covers it, and the numbers of the forms."""

# One person's look-ups of one kind of data of one account on one day are one row: screens load the same data several times. A
# system that asks for the form's number names the form; else it is looked for by person, customer and kind of data.
LOOKED = """
    looked AS (
        SELECT q.system, q.person_id, q.account, q.customer_id, q.data_class, q.action, q.request_id, q.happened_on AS looked_on,
               min(q.queried_at_us) AS first_us, count(*) AS times, min(q.row_id) AS query_row
        FROM data_queries q
        WHERE q.queried_at_us IS NULL OR (q.queried_at_us >= :from_us AND q.queried_at_us < :until_end_us)
        GROUP BY q.system, q.person_id, q.account, q.customer_id, q.data_class, q.action, q.request_id, q.happened_on
    ),
    subjects AS (
        SELECT 'account ' || account AS subject, customer_id, representative_id, representative_from FROM trading_accounts
        UNION ALL
        SELECT 'customer ' || customer_id, customer_id, representative_id, representative_from FROM trading_accounts
    ),
    serving AS (
        SELECT l.query_row, min(s.customer_id) AS owner,
               max(CASE WHEN s.representative_id = l.person_id AND coalesce(s.representative_from <= l.looked_on, TRUE)
                        THEN 1 ELSE 0 END) AS served,
               max(CASE WHEN s.representative_from > l.looked_on THEN 1 ELSE 0 END) AS taken_over
        FROM looked l
        JOIN subjects s ON s.subject = coalesce('account ' || l.account, 'customer ' || l.customer_id)
        GROUP BY l.query_row
    ),
    owned AS (
        SELECT l.*, coalesce(s.owner, l.customer_id, 'account ' || l.account) AS holder, coalesce(s.served, 0) AS served,
               coalesce(s.taken_over, 0) AS taken_over
        FROM looked l LEFT JOIN serving s ON s.query_row = l.query_row
    ),
    working AS (
        SELECT o.query_row, min(w.row_id) AS item_row
        FROM owned o
        JOIN work_items w
          ON w.person_id = o.person_id AND w.assigned_on <= o.looked_on AND coalesce(w.finished_on >= o.looked_on, TRUE)
         AND (w.account = o.account OR w.customer_id = o.holder
              OR (w.account IS NULL AND w.customer_id IS NULL AND w.item_kind IN ('audit', 'batch')))
        GROUP BY o.query_row
    ),
    concerned AS (
        SELECT o.query_row, min(i.row_id) AS interest_row
        FROM owned o
        JOIN interests i ON i.person_id = o.person_id AND i.customer_id = o.holder
         AND coalesce(i.interest_from <= o.looked_on, TRUE) AND coalesce(i.interest_until >= o.looked_on, TRUE)
        GROUP BY o.query_row
    )
"""
FORMS = """
    forms AS (
        SELECT r.request_id, r.requested_on, r.reason_code, r.legal_document, r.requester_id, r.executor_id, r.for_whom_id,
               r.account, r.data_class, r.approver_id, r.approved_at_us, r.valid_until, r.row_id,
               coalesce(t.customer_id, r.customer_id, 'account ' || r.account) AS holder,
               coalesce(DATE '1970-01-01' + CAST((r.approved_at_us + 28800000000) // 86400000000 AS INTEGER), r.approved_on)
               AS approved_day,
               coalesce(trim(r.reason) <> '' AND trim(r.requester_name) <> '' AND trim(r.requester_title) <> '', FALSE) AS told,
               coalesce(trim(r.legal_document) <> '', FALSE) AS documented, coalesce(s.value IS NOT NULL, FALSE) AS ordered
        FROM query_requests r
        LEFT JOIN trading_accounts t ON t.account = r.account
        LEFT JOIN (SELECT min(value) AS value, row_id FROM query_requests JOIN orders_words ON reason LIKE '%' || value || '%'
                   GROUP BY row_id) s ON s.row_id = r.row_id
        WHERE NOT coalesce(r.voided, FALSE)
    ),
    authorised AS (
        SELECT DISTINCT f.row_id
        FROM forms f
        JOIN query_authorities a ON a.person_id = f.approver_id AND a.data_class IN ('all', f.data_class)
         AND a.authority_from <= f.approved_day AND coalesce(a.authority_until >= f.approved_day, TRUE)
    ),
    partial AS (
        SELECT f.row_id, min(i.row_id) AS interest_row
        FROM forms f
        JOIN interests i ON i.customer_id = f.holder
         AND (i.person_id = f.requester_id OR i.person_id = f.executor_id OR i.person_id = f.for_whom_id
              OR i.person_id = f.approver_id)
         AND coalesce(i.interest_from <= f.approved_day, TRUE) AND coalesce(i.interest_until >= f.approved_day, TRUE)
        GROUP BY f.row_id
    ),
    judged AS (
        SELECT f.*, p.interest_row AS partial_row,
               CASE WHEN f.requested_on IS NULL OR f.requester_id IS NULL OR NOT f.told THEN 'form_incomplete'
                    WHEN f.reason_code = 'superior' OR (coalesce(f.reason_code, 'other') = 'other' AND f.ordered)
                    THEN 'superiors_word'
                    WHEN f.reason_code IN ('authority', 'litigation') AND NOT f.documented THEN 'no_document'
                    WHEN f.approver_id IS NULL OR f.approved_day IS NULL THEN 'unapproved'
                    WHEN f.approver_id = f.requester_id OR f.approver_id = f.executor_id THEN 'self_approved'
                    WHEN a.row_id IS NULL THEN 'no_authority'
                    WHEN p.interest_row IS NOT NULL THEN 'interested'
                    WHEN f.reason_code IS NULL AND NOT f.documented THEN 'reason_unclassed'
                    ELSE 'good' END AS form_state
        FROM forms f
        LEFT JOIN authorised a ON a.row_id = f.row_id
        LEFT JOIN partial p ON p.row_id = f.row_id
    ),
    keyed AS (
        SELECT j.*, CASE w.way WHEN 1 THEN 'form ' || j.request_id WHEN 2 THEN j.requester_id || ' of ' || j.holder || ' ' || j.data_class
                               ELSE j.executor_id || ' of ' || j.holder || ' ' || j.data_class END AS meets
        FROM judged j CROSS JOIN (SELECT 1 AS way UNION ALL SELECT 2 UNION ALL SELECT 3) w
    )
"""
MET = """
    met AS (
        SELECT o.*, k.request_id AS form_id, k.row_id AS form_row, k.approver_id, k.approved_day, k.requested_on, k.partial_row,
               CASE WHEN k.row_id IS NULL AND o.request_id IS NULL THEN 'no_request'
                    WHEN k.row_id IS NULL THEN 'no_such_form'
                    WHEN NOT coalesce(o.person_id IN (k.requester_id, k.executor_id), FALSE) THEN 'other_person'
                    WHEN o.holder <> k.holder OR o.account <> k.account OR o.data_class <> k.data_class THEN 'out_of_scope'
                    WHEN k.form_state <> 'good' THEN k.form_state
                    WHEN k.requested_on > o.looked_on OR coalesce(k.approved_at_us > o.first_us, k.approved_day > o.looked_on)
                    THEN 'approved_later'
                    WHEN o.looked_on > coalesce(k.valid_until, k.approved_day + CAST(:valid_days AS INTEGER)) THEN 'expired'
                    WHEN o.data_class = 'seal' AND o.action IN ('print', 'export') AND coalesce(k.reason_code <> 'audit', TRUE)
                    THEN 'seal_copied'
                    WHEN (o.account IS NULL AND k.account IS NOT NULL) OR (o.data_class = 'seal' AND o.action IS NULL)
                    THEN 'log_incomplete'
                    ELSE 'good' END AS form_says
        FROM owned o
        LEFT JOIN keyed k ON k.meets = coalesce('form ' || o.request_id, o.person_id || ' of ' || o.holder || ' ' || o.data_class)
    ),
    ranked AS (
        SELECT m.*, row_number() OVER (PARTITION BY query_row
                                       ORDER BY CASE form_says WHEN 'good' THEN 0 WHEN 'log_incomplete' THEN 1
                                                               WHEN 'reason_unclassed' THEN 2 WHEN 'out_of_scope' THEN 4 ELSE 3 END,
                                                coalesce(requested_on, DATE '1900-01-01') DESC, form_row) AS place
        FROM met m
    ),
    weighed AS (
        SELECT r.*, e.row_id AS employee_row, c.interest_row, i.item_row,
               r.person_id IS NULL OR r.looked_on IS NULL OR r.data_class IS NULL OR r.holder IS NULL AS unclear,
               coalesce(e.left_on < r.looked_on AND (e.hired_on IS NULL OR e.hired_on <= e.left_on), FALSE) AS gone,
               (r.served = 1 OR i.item_row IS NOT NULL) AND coalesce(r.data_class <> 'seal', FALSE) AND f.value IS NULL AS by_duty
        FROM ranked r
        LEFT JOIN employees e ON e.person_id = r.person_id
        LEFT JOIN concerned c ON c.query_row = r.query_row
        LEFT JOIN working i ON i.query_row = r.query_row
        LEFT JOIN form_actions f ON f.value = r.action
        WHERE r.place = 1
    ),
    settled AS (
        SELECT w.*,
               CASE WHEN w.unclear THEN 'log_incomplete'
                    WHEN w.gone THEN 'left'
                    WHEN w.form_says = 'good' THEN 'good'
                    WHEN w.by_duty AND w.interest_row IS NOT NULL THEN 'interested'
                    WHEN w.by_duty AND w.action IS NULL THEN 'log_incomplete'
                    WHEN w.by_duty THEN 'good'
                    WHEN w.form_says = 'no_request' AND w.taken_over = 1 THEN 'earlier_representative'
                    ELSE w.form_says END AS state
        FROM weighed w
    )
"""
# A form's number is its last digits; what stands before and after them names the book. A cancelled form has used its number.
NUMBERS = """
    numbers AS (
        SELECT request_id, min(requested_on) AS requested_on, min(row_id) AS form_row, max(row_id) AS last_form_row,
               count(DISTINCT requester_id) AS askers, count(DISTINCT requested_on) AS days
        FROM query_requests GROUP BY request_id
    ),
    series AS (
        SELECT n.*, TRY_CAST(regexp_extract(request_id, '(.*[^0-9])?([0-9]+)([^0-9]*)', 2) AS BIGINT) AS number,
               regexp_extract(request_id, '(.*[^0-9])?([0-9]+)([^0-9]*)', 1) || '#'
               || regexp_extract(request_id, '(.*[^0-9])?([0-9]+)([^0-9]*)', 3) AS book
        FROM numbers n
    ),
    used AS (
        SELECT form_id, min(query_row) AS query_row FROM settled WHERE form_says = 'good' GROUP BY form_id
    ),
    stepped AS (
        SELECT s.*, lag(number) OVER (PARTITION BY book ORDER BY number, request_id) AS number_before,
               lag(form_row) OVER (PARTITION BY book ORDER BY number, request_id) AS row_before
        FROM series s
    )
"""
