"""Equipment or software in the firm’s co-location cabinets that others own, manage or use."""

from chahe.controls.model import Control, Empty, Fact, Need, Severity
from chahe.evidence.rack_equipment import PARTIES
from chahe.evidence.rack_equipment import table as rack_equipment
from chahe.rules.citations import COLOCATION_NO_THIRD_PARTY
from chahe.wording import Text

control = Control(
    id="third-party-equipment",
    title=Text("共置機櫃供第三人使用", "Third party in the co-location cabinet"),
    question=Text(
        "主機共置機櫃裡的軟硬體，是否都由公司所有或租用、由公司管理、供公司使用（核准共用機櫃者除外）？",
        "Is everything in the co-location cabinets owned or leased, managed and used by the firm, an approved shared cabinet excepted?",
    ),
    cites=(COLOCATION_NO_THIRD_PARTY,),
    deck=("資安案一-2", "共置-發現八"),
    needs=(Need(table=rack_equipment),),
    blind_spots=(
        Text(
            "只看設備清冊所載；清冊沒有列的設備由 inventory-mismatch 與實地盤點發現，實際由誰登入操作由 vendor-top-privilege 查核。",
            "Only what the list says is seen. Things that are not on it come to light by inventory-mismatch and by looking; who really signs in is for vendor-top-privilege.",
        ),
        Text(
            "第15條共用機櫃的核准只看有無文號，未核對內容；條文未讀到。",
            "Of an approval to share a cabinet (Art. 15) only the number is seen, not the letter; the article's text was not read.",
        ),
        Text(
            "公司自有程式是否只替某一客戶執行其策略，由 unfair-access 與 order-overtaking 輔助判斷，這裡看不出來。",
            "Whether the firm's own program runs one customer's strategy is not seen here; unfair-access and order-overtaking help to judge it.",
        ),
    ),
    applies=Fact(
        "colocation", Text("公司沒有使用主機共置服務", "the firm does not use the exchange's co-location service")
    ),
    frame=Text(
        "共置機櫃設備清冊中，查核期間曾在機櫃裡的每一件設備與每一套軟體",
        "every device and program on the list that was in a cabinet on some day of the period",
    ),
    # An approval to share the cabinet covers an affiliate and nobody else.
    population="""
        WITH held AS (
            SELECT r.*, trim(r.shared_approval) <> '' AS shared FROM rack_equipment r
        )
        SELECT h.row_id AS equipment_row, h.device_id, h.installed_on, h.removed_on, h.name, h.cabinet, h.party,
               CASE WHEN h.owned_by IN ('firm', 'lessor', 'exchange') OR (h.owned_by = 'affiliate' AND h.shared) THEN NULL
                    WHEN h.owned_by IS NULL THEN 'not_said' ELSE h.owned_by END AS owner,
               CASE WHEN h.managed_by IN ('firm', 'exchange') OR (h.managed_by = 'affiliate' AND h.shared) THEN NULL
                    WHEN h.managed_by IS NULL THEN 'not_said' ELSE h.managed_by END AS manager,
               CASE WHEN h.used_by IN ('firm', 'exchange') OR (h.used_by = 'affiliate' AND h.shared) THEN NULL
                    WHEN h.used_by IS NULL THEN 'not_said' ELSE h.used_by END AS user_of_it,
               CASE WHEN h.removed_on < :from THEN 'removed' WHEN h.installed_on > :until THEN 'not_yet' END
               AS excluded_because
        FROM held h
    """,
    exclusions={
        "removed": Text("查核期間之前已撤出", "taken out before the period"),
        "not_yet": Text("查核期間之後才進駐", "brought in after the period"),
    },
    exceptions="""
        SELECT p.device_id, p.installed_on, p.removed_on, p.name, p.cabinet, p.party,
               CASE WHEN p.owner <> 'not_said' THEN 'owned'
                    WHEN p.manager <> 'not_said' THEN 'managed' ELSE 'used' END AS defect,
               CASE WHEN p.owner <> 'not_said' THEN p.owner
                    WHEN p.manager <> 'not_said' THEN p.manager ELSE p.user_of_it END AS who,
               p.equipment_row
        FROM population p
        WHERE p.owner <> 'not_said' OR p.manager <> 'not_said'
              OR p.user_of_it <> 'not_said'
    """,
    undetermined="""
        SELECT p.device_id, p.installed_on, 'not_said' AS why FROM population p
        WHERE 'not_said' IN (p.owner, p.manager, p.user_of_it)
              AND coalesce(p.owner, 'not_said') = 'not_said' AND coalesce(p.manager, 'not_said') = 'not_said'
              AND coalesce(p.user_of_it, 'not_said') = 'not_said'
    """,
    unclear={
        "not_said": Text("清冊沒有載明所有人、管理人或使用人", "the list does not say who owns, manages or uses it"),
    },
    key=("device_id", "installed_on"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "機櫃 {cabinet} 的 {name}（{device_id}，{installed_on:date} 進駐）由{who:word}{defect:word}（{party}）",
        "{name} ({device_id}, in cabinet {cabinet} since {installed_on:date}) is {defect:word} by the {who:word} ({party})",
    ),
    words={
        "owned": Text("所有", "owned"),
        "managed": Text("管理", "managed"),
        "used": Text("使用", "used"),
        **PARTIES,
    },
    remedy=Text(
        "將他人的軟硬體撤出機櫃並申請撤出；確需共用機櫃者依第15條取得核准。查明他人使用期間的委託，並檢討何以未在進駐審查時發現。",
        "Take the others' equipment and software out and apply for it; where a cabinet has to be shared get the approval of Art. 15. Find the orders sent while others used it, and review why it was not noticed when it came in.",
    ),
    margin=None,
)
