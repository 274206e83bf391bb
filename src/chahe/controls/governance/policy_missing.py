"""Written rules that the exchange asks for and the firm does not have, has not approved, or has not reviewed in the year."""

from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.policies import table as policies
from chahe.evidence.systems import table as systems
from chahe.rules.citation import Sureness
from chahe.rules.citations import (
    COLOCATION_RULES_OF_USE,
    INCIDENT_REPORTING_SET_UP,
    INFORMATION_CLASSIFIED_AND_LABELLED,
    INTERNAL_CONTROL_EXECUTED,
    MECHANISM_POLICY_REVIEWED_YEARLY,
    REMOTE_ACCESS_CONTROLLED,
    TOP_PRIVILEGE_USE_APPROVED,
    VENDOR_ACCOUNTS_UNDER_RULES,
)
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_CANDIDATES = """
    WITH documents AS (
        SELECT p.*, trim(p.reviewer) <> '' AND p.reviewed_on <= :as_of AS reviewed,
               CASE WHEN p.repealed_on < :as_of THEN 4
                    WHEN NOT coalesce(trim(p.approved_by) <> '' AND p.approved_on <= :as_of, FALSE) THEN 3
                    WHEN coalesce(p.in_force_on, p.approved_on) > :as_of THEN 2
                    ELSE 1 END AS distance
        FROM policies p
    ),
    dated AS (
        SELECT d.*, CASE WHEN d.reviewed THEN greatest(coalesce(d.approved_on, d.reviewed_on), d.reviewed_on) ELSE d.approved_on
                    END AS last_on,
               coalesce(d.repealed_on, DATE '9999-12-31') AS holds_until
        FROM documents d
    ),
    best AS (
        SELECT d.*, row_number() OVER (PARTITION BY kind ORDER BY distance, coalesce(last_on, DATE '1900-01-01') DESC,
                                       holds_until DESC, row_id) AS place
        FROM dated d
    ),
    colocation AS (
        SELECT max(CASE WHEN colocated THEN 2 WHEN colocated IS NULL THEN 1 ELSE 0 END) AS used
        FROM systems
        WHERE in_service_on <= :as_of AND coalesce(retired_on, DATE '9999-12-31') >= :as_of
    )
    SELECT r.value AS kind, b.title, b.row_id AS policy_row, b.approved_on, b.reviewed_on, b.last_on, b.holds_until,
           CASE WHEN b.row_id IS NULL THEN 'absent'
                WHEN b.distance = 4 THEN 'repealed'
                WHEN b.distance = 3 THEN 'unapproved'
                WHEN b.distance = 2 THEN 'not_in_force'
                WHEN b.last_on >= :within_since THEN 'good'
                WHEN b.reviewed_on >= :within_since AND b.reviewed_on <= :as_of THEN 'unsigned'
                ELSE 'unreviewed' END AS state,
           r.value = 'colocation_use' AND coalesce(c.used, 1) = 1 AS unsure,
           CASE WHEN r.value = 'colocation_use' AND c.used = 0 THEN 'not_used' END AS excluded_because
    FROM required r
    CROSS JOIN colocation c
    LEFT JOIN best b ON b.kind = r.value AND b.place = 1
"""

control = Control(
    id="policy-missing",
    title=Text("應訂的規章欠缺、未核定或未檢視", "Required rules absent, unapproved or unreviewed"),
    question=Text(
        "證交所查核要求的每一種書面規章，公司是否都有經核定、施行中的文件，且一年內核定或檢視過？",
        "For each kind of written rule that the exchange's audits ask for, is there a document approved and in force, and approved or reviewed within the year?",
    ),
    cites=(
        INFORMATION_CLASSIFIED_AND_LABELLED,
        VENDOR_ACCOUNTS_UNDER_RULES,
        INCIDENT_REPORTING_SET_UP,
        REMOTE_ACCESS_CONTROLLED,
        TOP_PRIVILEGE_USE_APPROVED,
        COLOCATION_RULES_OF_USE,
        INTERNAL_CONTROL_EXECUTED,
        MECHANISM_POLICY_REVIEWED_YEARLY,
    ),
    deck=("資安-6", "資安-16", "資安-20"),
    needs=(Need(table=policies, excuses=True), Need(table=systems)),
    parameters={
        "required": Parameter(
            (
                "classification",
                "vendor_accounts",
                "incident_reporting",
                "remote_access",
                "top_privilege",
                "colocation_use",
                "complaint_handling",
                "customer_data_query",
            ),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "證交所簡報逐項要求的規章：資安第六、十六、二十項，資安案例一第五點，主機共置查核方向 CC-17010、CC-17020，業務第十、十一項；名稱是內部規章清冊「規範事項」的代碼",
                "what the exchange's slides ask for: items 6, 16 and 20 and case one, 5, of the security deck, CC-17010 and CC-17020 of the co-location deck, items 10 and 11 of the business deck; the names are codes of the column kind of policies",
            ),
            Sureness.DECK,
        ),
        "within": Parameter(
            1,
            Unit.YEARS,
            Stricter.LOWER,
            Text(
                "資訊安全政策每年至少評估一次（檢查機制第二點）；其他規章比照，為我們的解讀",
                "the security policy is evaluated every year at least (the mechanism, point 2); that other rules follow it is our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "以清冊申報的「規範事項」認定文件，沒有閱讀內容：文件是否寫得完整、是否照做，看不出來。",
            "A document is taken for what the list says it governs; it is not read, so neither its completeness nor whether it is followed is seen.",
        ),
        Text(
            "同一事項有數份文件時，一份合格即可；一年內核定（含修訂）視為已檢視。",
            "Where several documents govern one subject, one that holds is enough; approval within the year, amendments included, counts as a review.",
        ),
    ),
    frame=Text(
        "應有書面規章的每一個事項（參數 required）", "every subject that needs a written rule (the parameter required)"
    ),
    population=_CANDIDATES,
    exclusions={
        "not_used": Text(
            "主機共置使用規則：資訊系統清冊沒有使用中的主機共置系統",
            "rules of use of co-location: the list of systems shows none in use there",
        ),
    },
    exceptions="""
        SELECT p.kind, p.state AS defect, p.title, p.approved_on, p.reviewed_on, p.policy_row
        FROM population p WHERE p.state <> 'good' AND NOT p.unsure
    """,
    undetermined="SELECT p.kind, 'colocation' AS why FROM population p WHERE p.state <> 'good' AND p.unsure",
    unclear={
        "colocation": Text(
            "資訊系統清冊沒有說明是否使用主機共置，無法知道是否需要主機共置使用規則",
            "the list of systems does not say whether co-location is used, so it is unknown whether its rules of use are needed",
        ),
    },
    key=("kind",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "應訂規章「{kind:choice}」：{defect:word}（文件 {title}，核定 {approved_on:date}，檢視 {reviewed_on:date}）",
        "written rules on {kind:choice}: {defect:word} (document {title}, approved {approved_on:date}, reviewed {reviewed_on:date})",
    ),
    words={
        "absent": Text("清冊沒有這項規章", "none is on the list"),
        "repealed": Text("規章已廢止，沒有接續的文件", "the document was repealed and none followed it"),
        "unapproved": Text("規章沒有核定人或核定日", "the document names no approval"),
        "not_in_force": Text("規章尚未施行", "the document is not in force yet"),
        "unsigned": Text(
            "一年內的檢視沒有檢視人，不能算檢視", "the review within the year names no reviewer and is none"
        ),
        "unreviewed": Text("一年內沒有核定也沒有檢視", "neither approved nor reviewed within the year"),
    },
    remedy=Text(
        "訂定欠缺的規章並送權責主管或會議核定、公告；既有規章每年檢視，留下檢視人、日期與結論。",
        "Write what is missing, have the responsible manager or meeting approve and announce it; review each document every year, on record with reviewer, day and conclusion.",
    ),
    margin=Margin(
        f"""
        SELECT min(least({period_end("p.last_on", ":within * 12")}, p.holds_until)) AS anchor FROM population p
        """,
        None,
    ),
)
