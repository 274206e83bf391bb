"""Contracts in force whose text lacks, denies or leaves unclear a clause that outsourcing needs; ended ones still worked under."""

from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.contract_clauses import CLAUSES
from chahe.evidence.contract_clauses import table as contract_clauses
from chahe.evidence.contracts import table as contracts
from chahe.evidence.document_passages import table as document_passages
from chahe.evidence.vendor_staff import table as vendor_staff
from chahe.rules.citation import Sureness
from chahe.rules.citations import MECHANISM_CONTRACT_CLAUSES, OUTSOURCING_CONTRACT_CLAUSES
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Of each contract and clause the gravest sentence is shown: what denies it, else what is unsure, else what agrees, else a mention.
_POPULATION = """
    WITH wanted AS (
        SELECT value AS clause FROM by_standard
        UNION
        SELECT value FROM by_mechanism
        UNION ALL
        SELECT 'term'
    ),
    texts AS (
        SELECT c.contract_id, d.document, min(d.row_id) AS text_row
        FROM contracts c
        JOIN document_passages d
          ON d.document = c.contract_id OR d.document = c.document
             OR substr(d.document, 1, length(c.contract_id) + 1) = c.contract_id || ' '
        GROUP BY c.contract_id, d.document
    ),
    text_of AS (SELECT contract_id, min(text_row) AS text_row FROM texts GROUP BY contract_id),
    said AS (
        SELECT t.contract_id, s.clause, s.stance, s.quote, s.page, s.begins_at, s.row_id,
               row_number() OVER (
                   PARTITION BY t.contract_id, s.clause
                   ORDER BY CASE s.stance WHEN 'denied' THEN 1 WHEN 'unsure' THEN 2 WHEN 'granted' THEN 3 ELSE 4 END,
                            s.document, s.begins_at) AS place,
               max(CASE WHEN s.stance = 'granted' THEN 1 ELSE 0 END) OVER (PARTITION BY t.contract_id, s.clause) AS agreed,
               max(CASE WHEN s.stance = 'unsure' THEN 1 ELSE 0 END) OVER (PARTITION BY t.contract_id, s.clause) AS unsure
        FROM texts t JOIN contract_clauses s ON s.document = t.document
    ),
    served AS (
        SELECT contract_id, min(row_id) AS staff_row, max(engaged_until) AS engaged_until
        FROM vendor_staff
        WHERE engaged_until >= :as_of AND coalesce(engaged_from, :as_of) <= :as_of
        GROUP BY contract_id
    )
    SELECT c.contract_id, w.clause, c.vendor, c.ends_on, c.row_id AS contract_row, t.text_row, s.row_id AS clause_row,
           s.quote, s.page, s.begins_at, v.staff_row, v.engaged_until,
           CASE WHEN c.ends_on < :as_of THEN 'expired'
                WHEN w.clause = 'term' AND c.ends_on IS NULL THEN 'no_end'
                WHEN w.clause = 'term' THEN 'good'
                WHEN t.contract_id IS NULL THEN 'no_text'
                WHEN s.stance IS NULL THEN 'absent'
                WHEN s.stance = 'granted' THEN 'good'
                WHEN s.stance = 'denied' AND s.agreed = 0 AND s.unsure = 0 THEN 'denied'
                ELSE 'needs_review' END AS state,
           CASE WHEN c.begins_on > :as_of THEN 'not_yet'
                WHEN c.ends_on < :as_of AND (w.clause <> 'term' OR v.staff_row IS NULL) THEN 'ended' END AS excluded_because
    FROM contracts c
    CROSS JOIN wanted w
    LEFT JOIN text_of t ON t.contract_id = c.contract_id
    LEFT JOIN said s ON s.contract_id = c.contract_id AND s.clause = w.clause AND s.place = 1
    LEFT JOIN served v ON v.contract_id = c.contract_id
"""

control = Control(
    id="contract-clause-missing",
    title=Text("委外契約缺少必要條款", "An outsourcing contract lacks a clause it needs"),
    question=Text(
        "有效的每一份委外契約，文字是否明白約定資訊安全協定、對廠商的稽核權與其他必要條款？契約到期後是否仍在履行？",
        "Does the text of every outsourcing contract in force agree plainly on information security, the right to audit the vendor and the other clauses it needs; and is nobody still working under one that ended?",
    ),
    cites=(OUTSOURCING_CONTRACT_CLAUSES, MECHANISM_CONTRACT_CLAUSES),
    deck=("資安-8", "共置-方向"),
    needs=(
        Need(table=contracts),
        Need(table=vendor_staff),
        Need(table=document_passages, excuses=True, fresh=False),
        Need(table=contract_clauses),
    ),
    parameters={
        "by_standard": Parameter(
            ("information_security", "right_to_audit"),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "CC-19000 系統引進：契約應含資訊安全協定與對委外廠商的資安稽核權",
                "CC-19000, introduction of systems: the security agreement and the right to audit the vendor",
            ),
            Sureness.DECK,
        ),
        "by_mechanism": Parameter(
            ("incident_notice", "sub_contracting", "confidentiality", "termination", "after_termination"),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "檢查機制第九點 2023 年條文所列、可由文字判斷的條款；現行條文未能取得",
                "those of the clauses in point 9 of the mechanism of 2023 that can be told by their words; the current text was not available",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只讀文字：簽章頁、印鑑、掃描影像與未載入的附件看不到。條款是否足夠、是否執行，要由人判斷。",
            "Only text is read: not signatures, seals, scanned pages or annexes that were not loaded. Whether a clause is enough, or kept, is for a person.",
        ),
        Text(
            "依固定的句型判讀：寫法不在其中、附有條件、由他處限制或未寫明甲乙方是誰的，一律列為待人工判讀，不會當作有約定。",
            "Sentences are read by known wordings: another wording, a condition, a limit elsewhere or parties not named plainly leave it to a person, and never count as agreed.",
        ),
        Text(
            "契約文字以文件名稱對應契約編號（名稱相同，或編號後空一格接附件名）；新增的條款也用來檢視舊約。",
            "A text belongs to the contract whose number is its name, or begins it before a blank (annexes). Newer requirements are held against older contracts, too.",
        ),
    ),
    frame=Text(
        "委外契約清冊中有效的每一份契約，逐一條款查核；另查到期後是否仍有委任中的人員",
        "every contract in force on the list, clause by clause; and of ended ones whether people are still engaged",
    ),
    population=_POPULATION,
    exclusions={
        "ended": Text("基準日前已到期的契約", "contracts that ended before the as-of day"),
        "not_yet": Text("基準日尚未生效的契約", "contracts that begin after the as-of day"),
    },
    exceptions="""
        SELECT p.contract_id, p.clause, p.vendor, p.state AS defect, p.ends_on, p.quote, p.page, p.begins_at,
               p.contract_row, p.text_row, p.clause_row, p.staff_row
        FROM population p WHERE p.state IN ('absent', 'denied', 'expired')
    """,
    undetermined="""
        SELECT p.contract_id, p.clause, p.state AS why, p.quote, p.page, p.begins_at
        FROM population p WHERE p.state IN ('no_text', 'needs_review', 'no_end')
    """,
    unclear={
        "no_text": Text(
            "契約的文字沒有載入；請把契約檔（docx、pdf 或純文字）列為來源，並以 set 的 document 指明契約編號",
            "the contract's text was not loaded; name its file (docx, pdf or text) as a source that sets document to its number",
        ),
        "needs_review": Text(
            "條款有條件、前後不一、僅提及或寫法不明，請由人判讀引用的原文",
            "the clause is conditional, contradicted, only mentioned or unclear; a person must read the sentence quoted",
        ),
        "no_end": Text("契約清冊沒有填迄日", "the list of contracts gives no last day"),
    },
    key=("contract_id", "clause"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "委外契約 {contract_id}（{vendor}）的{clause:word}：{defect:word}（第 {page} 頁，全文第 {begins_at} 字起：「{quote}」；契約迄日 {ends_on:date}）",
        "outsourcing contract {contract_id} ({vendor}), {clause:word}: {defect:word} (page {page}, from character {begins_at}: “{quote}”; contract ends {ends_on:date})",
    ),
    words={
        **CLAUSES,
        "term": Text("契約期間", "term"),
        "absent": Text("契約文字中找不到", "not found in its text"),
        "denied": Text("契約文字明白否定或排除", "its text denies or excludes it"),
        "expired": Text(
            "契約已到期，仍有委任中的廠商人員", "it ended, and people of the vendor are still engaged under it"
        ),
    },
    remedy=Text(
        "與廠商增補條款並簽署；到期的契約先續約，續約前停止廠商人員的作業與權限。",
        "Agree on the clause with the vendor and sign it; renew an ended contract first, and stop the vendor's people and their rights until then.",
    ),
    margin=Margin(
        "SELECT min(CASE WHEN engaged_until > ends_on THEN ends_on END) AS anchor FROM population",
        None,
    ),
)
