"""Information assets without a class or a label that says it, and a firm without rules for classes and labels."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.information_assets import table as information_assets
from chahe.evidence.policies import table as policies
from chahe.rules.citations import INFORMATION_CLASSIFIED_AND_LABELLED, MECHANISM_ASSETS_CLASSIFIED
from chahe.wording import Text

control = Control(
    id="information-unclassified",
    title=Text("資訊未分級或未標示", "Information not classified or labelled"),
    question=Text(
        "公司是否訂有施行中的資訊分級與標示規範，且清冊上每項資產都已分級、標示與分級一致？",
        "Are rules for classes and labels in force, and does every asset on the list have a class and a label that says the same?",
    ),
    cites=(INFORMATION_CLASSIFIED_AND_LABELLED, MECHANISM_ASSETS_CLASSIFIED),
    deck=("資安-6",),
    needs=(Need(table=information_assets), Need(table=policies, excuses=True)),
    parameters={"unsaid": UNSAID},
    blind_spots=(
        Text(
            "清冊漏列的資產看不到；實際標示以清冊所載為準，沒有到現場核對。",
            "Assets left off the list are not seen, and labels are those the list tells of: nobody looked at the assets themselves.",
        ),
        Text(
            "等級定得是否適當、是否為規範所列的等級，不在此查核；標示與分級以文字相同為一致。",
            "Whether a class is apt, or one the rules know, is not looked at; a label agrees with its class if the words are the same.",
        ),
    ),
    frame=Text(
        "資訊資產清冊中的每一項資產，以及資訊分級與標示的規範本身",
        "every asset on the list of information assets, and the rules for classes and labels themselves",
    ),
    # A label in other words than the class is no label. Rules count from the day they were approved and are in force.
    population="""
        WITH documents AS (
            SELECT row_id, title, coalesce(repealed_on, DATE '9999-12-31') AS holds_until,
                   coalesce(trim(approved_by) <> '' AND approved_on <= :as_of
                            AND coalesce(in_force_on, approved_on) <= :as_of, FALSE) AS good
            FROM policies
            WHERE kind = 'classification' AND coalesce(repealed_on, DATE '9999-12-31') >= :as_of
        ),
        best AS (
            SELECT d.*, row_number() OVER (ORDER BY good DESC, holds_until DESC, row_id) AS place
            FROM documents d
        ),
        assets AS (
            SELECT a.*, trim(a.classified_as) <> '' AND c.value IS NULL AS has_class,
                   trim(a.label) <> '' AND m.value IS NULL AS has_label
            FROM information_assets a
            LEFT JOIN unsaid c ON c.value = lower(trim(a.classified_as))
            LEFT JOIN unsaid m ON m.value = lower(trim(a.label))
        )
        SELECT 'asset' AS subject_kind, a.asset_id AS subject, a.name, a.owner, a.classified_as, a.label,
               CASE WHEN NOT coalesce(a.has_class, FALSE) THEN 'no_class'
                    WHEN NOT coalesce(a.has_label, FALSE) THEN 'no_label'
                    WHEN lower(trim(a.label)) <> lower(trim(a.classified_as)) THEN 'other_label'
                    ELSE 'good' END AS state,
               CAST(NULL AS DATE) AS holds_until, a.row_id AS asset_row, CAST(NULL AS VARCHAR) AS policy_row,
               CASE WHEN a.disposed_on < :as_of THEN 'disposed' WHEN a.listed_on > :as_of THEN 'not_yet'
               END AS excluded_because
        FROM assets a
        UNION ALL
        SELECT 'rule', 'classification', b.title, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
               CAST(NULL AS VARCHAR),
               CASE WHEN b.row_id IS NULL THEN 'rule_missing' WHEN b.good THEN 'good' ELSE 'rule_unapproved' END,
               nullif(b.holds_until, DATE '9999-12-31'), CAST(NULL AS VARCHAR), b.row_id, CAST(NULL AS VARCHAR)
        FROM (SELECT 1 AS place) one LEFT JOIN best b ON b.place = one.place
    """,
    exclusions={
        "disposed": Text("基準日前已報廢的資產", "assets disposed of before the as-of day"),
        "not_yet": Text("基準日之後才登錄的資產", "assets listed after the as-of day"),
    },
    exceptions="""
        SELECT p.subject_kind, p.subject, p.name, p.owner, p.state AS defect, p.classified_as, p.label, p.asset_row, p.policy_row
        FROM population p WHERE p.state <> 'good'
    """,
    undetermined="""
        SELECT p.subject_kind, p.subject, 'no_assets' AS why
        FROM population p
        WHERE NOT EXISTS (SELECT 1 FROM population a WHERE a.subject_kind = 'asset')
    """,
    unclear={
        "no_assets": Text(
            "資訊資產清冊沒有任何保有中的資產；公司不可能沒有，請確認清冊已完整載入",
            "the list holds no asset the firm still has; no firm has none, so check that the whole list was loaded",
        ),
    },
    key=("subject_kind", "subject"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "「{name}」（{subject}）：{defect:word}（分級 {classified_as}，標示 {label}）",
        "{name} ({subject}): {defect:word} (class {classified_as}, label {label})",
    ),
    words={
        "no_class": Text("沒有分級", "it has no class"),
        "no_label": Text("已分級但沒有標示", "it has a class but no label"),
        "other_label": Text("標示與分級不同", "its label differs from its class"),
        "rule_missing": Text("沒有訂定施行中的資訊分級與標示規範", "no rules for classes and labels are in force"),
        "rule_unapproved": Text("規範未經核定或尚未施行", "the rules were not approved or are not in force yet"),
    },
    remedy=Text(
        "訂定資訊分級與標示規範並經核定；依規範逐項分級，並在資產上標示同一等級，清冊同步更新。",
        "Have rules for classes and labels approved; classify each asset by them, label it with the same class, and keep the list in step.",
    ),
    margin=Margin("SELECT min(holds_until) AS anchor FROM population", None),
)
