"""Co-location used for brokerage without rules of use, outside internal control, or with a list nobody reviews."""

from chahe.controls.model import Control, Empty, Fact, Margin, Need, Severity
from chahe.evidence.colocation_eligibility import table as colocation_eligibility
from chahe.evidence.colocation_list_reviews import table as colocation_list_reviews
from chahe.evidence.colocation_users import table as colocation_users
from chahe.evidence.policies import table as policies
from chahe.rules.citation import Sureness
from chahe.rules.citations import (
    COLOCATION_ELIGIBLE_REVIEWED_HALF_YEARLY,
    COLOCATION_IN_INTERNAL_CONTROL,
    COLOCATION_RULES_OF_USE,
)
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="usage-rules-missing",
    title=Text("主機共置沒有使用規則或未納入內控", "No rules of use for co-location"),
    question=Text(
        "經紀業務使用主機共置之前，是否已訂定使用規則並納入內控與稽核？合格投資人名單是否存在，且每半年檢討並留紀錄？",
        "Before brokerage used co-location, were rules of use in force and part of internal control and audit? Is there a list of eligible investors, reviewed every half-year on record?",
    ),
    cites=(COLOCATION_RULES_OF_USE, COLOCATION_IN_INTERNAL_CONTROL, COLOCATION_ELIGIBLE_REVIEWED_HALF_YEARLY),
    deck=("資安案一-5", "共置-發現七", "共置-稽核", "共置-方向"),
    needs=(
        Need(table=policies, excuses=True),
        Need(table=colocation_eligibility),
        Need(table=colocation_list_reviews, excuses=True),
        Need(table=colocation_users),
    ),
    parameters={
        "within": Parameter(
            6,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "第19條：名單至少每半年檢討一次；由英文譯本解讀，請確認",
                "Art. 19: the list is reviewed at least every half-year; read from the English translation, to be confirmed",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看規章清冊所載；規則的內容是否合理、是否定有投資人資格，看不出來。每位合格者是否獲通知由 unfair-access 查核。",
            "Only the list of documents is seen, not whether the rules are reasonable or set criteria. Whether each eligible investor was notified is for unfair-access.",
        ),
        Text(
            "規章清冊的核定日是最近一次核定：沒有填生效日而核定日晚於首次使用時，無法知道最初何時施行，不作結論。",
            "The list holds the last approval: where that is after the first use and no first day in force is given, nothing is concluded.",
        ),
        Text(
            "只看最近一次名單檢討；更早各次之間是否逾半年，看不出來。",
            "Only the last review of the list is judged, not the distances between earlier ones.",
        ),
    ),
    applies=Fact(
        "colocation", Text("公司沒有使用主機共置服務", "the firm does not use the exchange's co-location service")
    ),
    frame=Text(
        "主機共置規定的四項要求：使用規則、納入內控與稽核、合格投資人名單、名單每半年檢討",
        "the four things asked for: rules of use, their place in internal control and audit, the list of eligible investors, its half-yearly review",
    ),
    population="""
        WITH uses AS (
            SELECT min(used_from) AS first_use, min(row_id) AS user_row FROM colocation_users WHERE used_from <= :as_of
        ),
        documents AS (
            SELECT p.row_id, p.approved_on, p.in_force_on, p.repealed_on, p.in_internal_control_on,
                   coalesce(trim(p.approved_by) <> '', FALSE) AS signed, coalesce(p.in_force_on, p.approved_on) AS begins_on
            FROM policies p WHERE p.kind = 'colocation_use'
        ),
        rules AS (
            SELECT count(*) AS documents, min(row_id) AS any_row,
                   sum(CASE WHEN signed AND approved_on <= :as_of THEN 1 ELSE 0 END) AS approved,
                   min(CASE WHEN signed THEN in_force_on END) AS stated_from, min(CASE WHEN signed THEN begins_on END) AS held_from
            FROM documents
        ),
        standing AS (
            SELECT count(*) AS documents, min(row_id) AS standing_row, min(in_internal_control_on) AS controlled_from
            FROM documents
            WHERE signed AND approved_on <= :as_of AND begins_on <= :as_of AND coalesce(repealed_on, :as_of) >= :as_of
        ),
        listed AS (
            SELECT min(eligible_from) AS listed_from, min(row_id) AS listed_row FROM colocation_eligibility
            WHERE eligible_from <= :as_of
        ),
        reviews AS (
            SELECT r.list_reviewed_on AS reviewed_on, r.row_id AS review_row,
                   row_number() OVER (ORDER BY r.list_reviewed_on DESC, r.row_id) AS place
            FROM colocation_list_reviews r
            WHERE r.list_reviewed_on <= :as_of AND trim(r.reviewer) <> '' AND trim(r.result) <> ''
        )
        SELECT 'rules' AS requirement,
               CASE WHEN r.documents = 0 THEN 'absent' WHEN r.approved = 0 THEN 'unapproved'
                    WHEN s.documents = 0 THEN 'not_in_force'
                    WHEN r.held_from <= u.first_use OR u.first_use IS NULL THEN 'good'
                    WHEN r.stated_from IS NULL THEN 'no_first_day' ELSE 'after_use' END AS state,
               r.held_from AS since_on, u.first_use, coalesce(s.standing_row, r.any_row) AS shown_row, u.user_row,
               CAST(NULL AS DATE) AS counts_from
        FROM rules r CROSS JOIN standing s CROSS JOIN uses u
        UNION ALL
        SELECT 'internal_control',
               CASE WHEN s.controlled_from IS NULL OR s.controlled_from > :as_of THEN 'not_in_control'
                    WHEN s.controlled_from > u.first_use THEN 'control_after_use' ELSE 'good' END,
               s.controlled_from, u.first_use, s.standing_row, u.user_row, CAST(NULL AS DATE)
        FROM standing s CROSS JOIN uses u
        UNION ALL
        SELECT 'list', CASE WHEN l.listed_from IS NULL THEN 'no_list' ELSE 'good' END,
               l.listed_from, u.first_use, l.listed_row, u.user_row, CAST(NULL AS DATE)
        FROM listed l CROSS JOIN uses u
        UNION ALL
        SELECT 'review',
               CASE WHEN greatest(coalesce(d.reviewed_on, DATE '1900-01-01'), coalesce(l.listed_from, u.first_use, :as_of))
                         >= :within_since THEN 'good'
                    WHEN d.reviewed_on IS NULL THEN 'never' ELSE 'overdue' END,
               d.reviewed_on, u.first_use, d.review_row, u.user_row,
               greatest(coalesce(d.reviewed_on, DATE '1900-01-01'), coalesce(l.listed_from, u.first_use, :as_of))
        FROM listed l CROSS JOIN uses u LEFT JOIN reviews d ON d.place = 1
    """,
    exceptions="""
        SELECT p.requirement, p.state AS defect, p.since_on, p.first_use, p.shown_row, p.user_row
        FROM population p WHERE p.state NOT IN ('good', 'no_first_day')
    """,
    undetermined="SELECT p.requirement, p.state AS why FROM population p WHERE p.state = 'no_first_day'",
    unclear={
        "no_first_day": Text(
            "最近核定日晚於首次使用，清冊沒有填生效日，無法知道使用前是否已有規則",
            "the last approval is after the first use and no first day in force is given, so it is unknown whether there were rules before",
        ),
    },
    key=("requirement",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "主機共置{requirement:word}：{defect:word}（相關日期 {since_on:date}，首次使用 {first_use:date}）",
        "co-location, {requirement:word}: {defect:word} (day on record {since_on:date}, first use {first_use:date})",
    ),
    words={
        "rules": Text("使用規則", "rules of use"),
        "internal_control": Text("內控與稽核", "internal control and audit"),
        "list": Text("合格投資人名單", "list of eligible investors"),
        "review": Text("名單檢討", "review of the list"),
        "absent": Text("沒有使用規則", "there are none"),
        "unapproved": Text("使用規則未經核定", "they are not approved"),
        "not_in_force": Text("使用規則尚未施行或已廢止", "they are not in force yet, or repealed"),
        "after_use": Text("使用之後才施行", "they came into force after the first use"),
        "not_in_control": Text("使用規則沒有納入內控與稽核", "the rules are not part of them"),
        "control_after_use": Text("使用之後才納入內控與稽核", "the rules became part of them after the first use"),
        "no_list": Text("沒有合格投資人名單", "there is none"),
        "never": Text("沒有完整的檢討紀錄", "no complete review is on record"),
        "overdue": Text("逾半年未檢討", "none for more than half a year"),
    },
    remedy=Text(
        "訂定使用規則，經核定後納入內控與稽核，載明投資人資格；建立合格名單，每半年檢討並留下檢討人與結論。補訂之前已使用的期間應查明並陳報。",
        "Make rules of use with criteria of eligibility, have them approved and put into internal control and audit; keep the list, review it every half-year and record who did so and the result. Find out and report the time it was used before.",
    ),
    margin=Margin("SELECT min(counts_from) AS anchor FROM population", "within"),
)
