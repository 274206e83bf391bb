"""Machine rooms whose door rights nobody has reviewed, rights of people who left, and entries without a right."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.door_events import table as door_events
from chahe.evidence.door_reviews import table as door_reviews
from chahe.evidence.door_rights import table as door_rights
from chahe.evidence.employees import table as employees
from chahe.evidence.vendor_staff import table as vendor_staff
from chahe.rules.citation import Sureness
from chahe.rules.citations import ACCESS_SEPARATED_BY_RIGHT, MECHANISM_LEAVER_ID_CANCELLED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="machine-room-access-unreviewed",
    title=Text("機房門禁未定期審查", "Machine-room access not reviewed"),
    question=Text(
        "每間機房的門禁權限半年內是否審查過？離開的人是否都已註銷？查核期間有沒有沒有權限的人進入？",
        "Were the rights to enter each machine room reviewed within the half-year, are those of people who left withdrawn, and did nobody enter without a right in the period?",
    ),
    cites=(ACCESS_SEPARATED_BY_RIGHT, MECHANISM_LEAVER_ID_CANCELLED),
    deck=("資安-15",),
    needs=(
        Need(table=door_rights, excuses=True),
        Need(table=door_reviews, excuses=True),
        Need(table=door_events),
        Need(table=employees),
        Need(table=vendor_staff, optional=True),
    ),
    parameters={
        "reviewed": Parameter(
            6,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "簡報第十五項：定期審查機房門禁；期間比照久未使用帳號，讀作每半年，為我們的解讀",
                "item 15 of the slides: door rights are reviewed periodically; read as every half-year like unused accounts, which is our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "尾隨進入、借卡與由他人開門者看不到；訪客由陪同人員的卡進入，請另核對訪客登記。",
            "Following somebody in, borrowed cards and doors opened by others are not seen; visitors come in on an escort's card: hold them against the visitors' book.",
        ),
        Text(
            "門禁系統沒有紀錄的機房看不出進出；紀錄是否完整由日誌保存的控制點查核。",
            "Of a room without records entries cannot be told; whether records are complete is for the controls on keeping logs.",
        ),
        Text("審查是否確實看不出來。", "Whether a review was done with care is not seen."),
    ),
    frame=Text(
        "門禁權限清冊中的每一間機房與每一項有效權限，以及查核期間每人每日的進入",
        "every room and every right in force on the list of door rights, and each person's entries of each day of the period",
    ),
    # The reviewer must not be the only one whose right is looked at: that is for people to judge; that somebody is named, is not.
    population="""
        WITH people AS (
            SELECT person_id, left_on, row_id FROM employees
            UNION ALL
            SELECT v.person_id, v.engaged_until, v.row_id FROM vendor_staff v
            LEFT JOIN employees e ON e.person_id = v.person_id WHERE e.person_id IS NULL
        ),
        gone AS (
            SELECT person_id, max(coalesce(left_on, DATE '9999-12-31')) AS last_on, min(row_id) AS person_row FROM people GROUP BY person_id
        ),
        reviews AS (
            SELECT room, max(reviewed_on) AS reviewed_on, max_by(row_id, reviewed_on) AS review_row
            FROM door_reviews
            WHERE reviewed_on <= :as_of AND reviewer_id IS NOT NULL AND coalesce(trim(result), '') <> ''
            GROUP BY room
        ),
        entries AS (
            SELECT room, person_id, happened_on, count(*) AS entries, min(row_id) AS event_row,
                   max(CASE WHEN admitted IS NULL THEN 1 ELSE 0 END) AS unsure
            FROM door_events
            WHERE coalesce(admitted, TRUE) AND happened_on BETWEEN :from AND :until
            GROUP BY room, person_id, happened_on
        ),
        allowed AS (
            SELECT DISTINCT e.event_row FROM entries e
            JOIN door_rights r ON r.room = e.room AND r.person_id = e.person_id
            WHERE coalesce(r.granted_on, e.happened_on) <= e.happened_on AND coalesce(r.revoked_on, e.happened_on) >= e.happened_on
        )
        SELECT g.room, CAST(NULL AS VARCHAR) AS person_id, CAST(NULL AS DATE) AS happened_on, v.reviewed_on AS since_on, v.reviewed_on,
               g.right_row AS first_row, v.review_row AS second_row,
               CASE WHEN v.reviewed_on >= :reviewed_since THEN 'good' ELSE 'unreviewed' END AS state
        FROM (SELECT room, min(row_id) AS right_row FROM door_rights GROUP BY room) g LEFT JOIN reviews v ON v.room = g.room
        UNION ALL
        SELECT r.room, r.person_id, CAST(NULL AS DATE), p.last_on, CAST(NULL AS DATE), r.row_id, p.person_row,
               CASE WHEN p.person_id IS NULL THEN 'stranger' WHEN p.last_on < :as_of THEN 'still_allowed' ELSE 'good' END
        FROM door_rights r LEFT JOIN gone p ON p.person_id = r.person_id
        WHERE (r.revoked_on IS NULL OR r.revoked_on >= :as_of) AND (r.granted_on IS NULL OR r.granted_on <= :as_of)
        UNION ALL
        SELECT e.room, e.person_id, e.happened_on, p.last_on, CAST(NULL AS DATE), e.event_row, p.person_row,
               CASE WHEN e.person_id IS NULL THEN CASE WHEN e.unsure = 1 THEN 'unsure' ELSE 'unnamed' END
                    WHEN a.event_row IS NOT NULL AND coalesce(p.last_on, e.happened_on) >= e.happened_on THEN 'good'
                    WHEN e.unsure = 1 THEN 'unsure'
                    WHEN p.last_on < e.happened_on THEN 'after_leaving'
                    ELSE 'no_right' END
        FROM entries e
        LEFT JOIN allowed a ON a.event_row = e.event_row
        LEFT JOIN gone p ON p.person_id = e.person_id
    """,
    exceptions="""
        SELECT p.room, p.person_id, p.happened_on, p.state AS defect, coalesce(p.person_id, '*') AS who,
               CASE WHEN p.state IN ('still_allowed', 'after_leaving') THEN p.since_on END AS left_on, p.reviewed_on,
               p.first_row, p.second_row
        FROM population p WHERE p.state IN ('unreviewed', 'still_allowed', 'after_leaving', 'no_right', 'unnamed')
    """,
    undetermined="""
        SELECT p.room, p.person_id, p.happened_on, p.state AS why FROM population p WHERE p.state IN ('stranger', 'unsure')
    """,
    unclear={
        "stranger": Text(
            "門禁權限的人不在員工名冊或委外人員名冊", "a person with a right is on no list of staff or vendors' staff"
        ),
        "unsure": Text("門禁紀錄沒有說門是否開了", "the record does not say whether the door opened"),
    },
    key=("room", "person_id", "happened_on"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "機房 {room}（人員 {who}，{happened_on:date}）：{defect:word}（離開日 {left_on:date}，最近審查 {reviewed_on:date}；{reviewed_since:date} 以前已逾 {reviewed} 個月）",
        "machine room {room} (person {who}, {happened_on:date}): {defect:word} (left {left_on:date}, last reviewed {reviewed_on:date}; before {reviewed_since:date} is more than {reviewed} months ago)",
    ),
    words={
        "unreviewed": Text(
            "門禁權限半年內沒有完整的審查紀錄", "its door rights have no complete review within the half-year"
        ),
        "still_allowed": Text("人已離開，門禁權限仍有效", "the person has left and may still enter"),
        "after_leaving": Text("離開後仍進入", "entered after leaving"),
        "no_right": Text("當日沒有權限而進入", "entered without a right on that day"),
        "unnamed": Text("門開了而沒有記下是誰", "the door opened and nobody is on record"),
    },
    remedy=Text(
        "立即註銷不應有的門禁權限並查明進入原因；每半年由權責主管逐人審查，記下審查人、日期與處理結果。",
        "Withdraw door rights that should not be and find out about the entries; let the responsible manager review each person's right every half-year, on record with name, day and result.",
    ),
    margin=Margin("SELECT min(reviewed_on) AS anchor FROM population", "reviewed"),
)
