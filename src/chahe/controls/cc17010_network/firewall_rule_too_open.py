"""Permit rules that are open to everything, have run out, or for which nobody answers."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.firewall_rules import table as firewall_rules
from chahe.rules.citation import Sureness
from chahe.rules.citations import FIREWALL_RULES_REVIEWED_YEARLY, IMPORTANT_SYSTEMS_BEHIND_FIREWALL
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Each rule beside what the firm's own list (a row without policy) says of the same number on the same device.
_POPULATION = """
    WITH told AS (
        SELECT r.*, g.row_id AS listed_row, coalesce(r.expires_on, g.expires_on) AS ends_on,
               lower(trim(coalesce(r.owner, g.owner, ''))) AS answers,
               lower(trim(coalesce(r.purpose, r.comment, g.purpose, ''))) AS reason,
               coalesce(r.conditions LIKE '%state %ESTABLISHED%' AND r.conditions NOT LIKE '%! %', FALSE) AS replies,
               coalesce(r.conditions, '') <> '' AS conditioned
        FROM firewall_rules r
        LEFT JOIN firewall_rules g
               ON r.policy IS NOT NULL AND g.policy IS NULL AND g.device = r.device AND g.rule = r.rule
    ),
    opened AS (
        SELECT t.*, o.value IS NOT NULL OR t.answers = '' AS ownerless, p.value IS NOT NULL OR t.reason = '' AS purposeless,
               coalesce(t.source_any, CASE WHEN t.source_addresses IS NOT NULL THEN NULL WHEN s.value IS NOT NULL THEN TRUE
                                           WHEN t.source LIKE '%.%' OR t.source LIKE '%:%' THEN FALSE END) AS from_all,
               coalesce(t.destination_any, CASE WHEN t.destination_addresses IS NOT NULL THEN NULL
                                                WHEN d.value IS NOT NULL THEN TRUE
                                                WHEN t.destination LIKE '%.%' OR t.destination LIKE '%:%' THEN FALSE
                                           END) AS to_all,
               coalesce(t.service_any, CASE WHEN t.services IS NOT NULL THEN NULL WHEN v.value IS NOT NULL THEN TRUE
                                            WHEN trim(t.service) <> '' THEN FALSE END) AS all_services
        FROM told t
        LEFT JOIN unsaid o ON o.value = t.answers
        LEFT JOIN unsaid p ON p.value = t.reason
        LEFT JOIN everything s ON s.value = lower(trim(t.source))
        LEFT JOIN everything d ON d.value = lower(trim(t.destination))
        LEFT JOIN everything v ON v.value = lower(trim(t.service))
    ),
    judged AS (
        SELECT o.*, o.from_all AND o.to_all AND coalesce(trim(o.users), '') = '' AS between_all,
               coalesce(o.ends_on < :as_of, FALSE) AS expired
        FROM opened o
    ),
    broken AS (
        SELECT j.*, NOT j.conditioned AND coalesce(j.between_all, FALSE) AS any_to_any,
               NOT j.conditioned AND coalesce(j.all_services, FALSE) AS any_service
        FROM judged j
    )
    SELECT j.*,
           CASE WHEN j.action IS NULL THEN 'no_action'
                WHEN j.any_to_any OR j.any_service OR j.expired OR j.ownerless OR j.purposeless THEN 'broken'
                WHEN j.replies THEN 'good'
                WHEN j.between_all IS NULL OR j.all_services IS NULL THEN 'unexpanded'
                WHEN j.between_all OR j.all_services THEN 'conditions'
                ELSE 'good' END AS state,
           CASE WHEN j.enabled = FALSE THEN 'disabled'
                WHEN j.action IN ('deny', 'continue') THEN 'no_permit'
                WHEN j.conditions LIKE '%no access-group%' OR j.conditions LIKE '%not applied to an interface%' THEN 'not_applied'
                WHEN j.policy IS NULL AND EXISTS (SELECT 1 FROM firewall_rules f
                                                  WHERE f.device = j.device AND f.policy IS NOT NULL) THEN 'copy'
           END AS excluded_because
    FROM broken j
"""

control = Control(
    id="firewall-rule-too-open",
    title=Text("防火牆放行規則過寬、過期或無人負責", "Permit rules too open, expired or without an owner"),
    question=Text(
        "每條生效中的放行規則，是否限定來源、目的與服務，未過期，並有申請單位與用途？",
        "Is every permit rule in force limited in source, destination and service, not expired, and does it have an owner and a purpose?",
    ),
    cites=(FIREWALL_RULES_REVIEWED_YEARLY, IMPORTANT_SYSTEMS_BEHIND_FIREWALL),
    deck=("資安案一-4", "共置-方向"),
    needs=(Need(table=firewall_rules),),
    parameters={
        "everything": Parameter(
            ("any", "any4", "any6", "all", "ip", "*", "0.0.0.0/0", "::/0", "任意", "任何", "不限", "全部", "所有"),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "人工清冊中表示不限的字詞；設備匯出的規則以展開後的位址與服務判斷",
                "words of a list kept by hand that mean no limit; rules exported from devices are judged by their expansion",
            ),
            Sureness.UNCONFIRMED,
        ),
        "unsaid": UNSAID,
    },
    blind_spots=(
        Text(
            "用途與申請單位只看有沒有寫，不看是否屬實；設備上的註解視為用途。同一設備有設備匯出的規則時，人工清冊只用來補申請單位、用途與到期日。",
            "Owner and purpose are only seen to be there, not to be true; a comment on the device counts as purpose. Where a device's own export is loaded, the list kept by hand only adds owner, purpose and expiry.",
        ),
        Text(
            "只准回應既有連線的規則不評寬窄；未套用到介面的規則不查。來源與目的不是全部、但仍很大的範圍不算不限。",
            "Rules that only let replies through are not judged for openness, nor rules applied to no interface. A range that is large, but not everything, is not counted as open.",
        ),
    ),
    frame=Text(
        "防火牆規則中的每一條規則，查核其中生效的放行規則",
        "every firewall rule, of which permits in force are examined",
    ),
    population=_POPULATION,
    exclusions={
        "disabled": Text("已停用的規則", "rules switched off"),
        "no_permit": Text("不放行的規則", "rules that permit nothing"),
        "not_applied": Text("沒有套用到介面的規則", "rules applied to no interface"),
        "copy": Text(
            "人工清冊所列，另有設備匯出的規則為準", "lines of a list kept by hand, where the device's own export counts"
        ),
    },
    exceptions="""
        SELECT p.device, p.policy, p.rule, p.ends_on,
               substr(CASE WHEN p.any_to_any THEN '、來源與目的都不限' ELSE '' END
                      || CASE WHEN p.any_service THEN '、服務不限' ELSE '' END
                      || CASE WHEN p.expired THEN '、已於 ' || CAST(p.ends_on AS VARCHAR) || ' 到期仍啟用' ELSE '' END
                      || CASE WHEN p.ownerless THEN '、沒有申請單位' ELSE '' END
                      || CASE WHEN p.purposeless THEN '、沒有用途' ELSE '' END, 2) AS defect_zh,
               substr(CASE WHEN p.any_to_any THEN ', from anywhere to anywhere' ELSE '' END
                      || CASE WHEN p.any_service THEN ', any service' ELSE '' END
                      || CASE WHEN p.expired THEN ', expired on ' || CAST(p.ends_on AS VARCHAR) || ' and still enabled' ELSE '' END
                      || CASE WHEN p.ownerless THEN ', no owner' ELSE '' END
                      || CASE WHEN p.purposeless THEN ', no purpose' ELSE '' END, 3) AS defect_en,
               p.source, p.destination, p.service, p.row_id AS rule_row, p.listed_row
        FROM population p WHERE p.state = 'broken'
    """,
    undetermined="""
        SELECT p.device, p.policy, p.rule, p.state AS why FROM population p WHERE p.state NOT IN ('broken', 'good')
    """,
    unclear={
        "no_action": Text(
            "規則沒有寫放行或拒絕；請補登或重新匯出",
            "the rule does not say whether it permits; fill that in or export it again",
        ),
        "unexpanded": Text(
            "來源、目的或服務的物件無法展開，不知道有多寬；請匯出含物件的完整設定",
            "an object of source, destination or service cannot be expanded, so it is unknown how wide it is; export the whole configuration with its objects",
        ),
        "conditions": Text(
            "規則不限來源目的或服務，但另有其他條件；請確認條件是否足以限縮",
            "the rule is open to everything but has further conditions; confirm whether those narrow it enough",
        ),
    },
    key=("device", "policy", "rule"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "防火牆 {device} 的放行規則 {rule}：{defect_zh}（來源 {source}，目的 {destination}，服務 {service}）",
        "permit rule {rule} of firewall {device}: {defect_en} (source {source}, destination {destination}, service {service})",
    ),
    remedy=Text(
        "依實際需要把來源、目的與服務改成最小範圍；到期的規則停用或重新申請；補上申請單位與用途，不再需要者刪除。",
        "Narrow source, destination and service to what is needed; switch expired rules off or have them asked for again; record owner and purpose, and delete what nobody needs.",
    ),
    margin=Margin("SELECT min(ends_on) AS anchor FROM population", None),
)
