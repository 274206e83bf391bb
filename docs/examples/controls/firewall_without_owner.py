"""Firewalls in service for which nobody is responsible: a control of a firm's own, over its own rule."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.firewalls import table as firewalls
from chahe.rules.citation import Citation, Sureness, Version
from chahe.wording import Text

control = Control(
    id="firewall-without-owner",
    title=Text("防火牆沒有負責人", "Firewall without an owner"),
    question=Text(
        "清冊上使用中的每一部防火牆，是否都寫明負責人？", "Does the list name an owner for every firewall in service?"
    ),
    cites=(
        Citation(
            Text("本公司資訊安全管理辦法", "our information security rules"),
            (Version("第 12 條", None, Sureness.RULE, english="article 12"),),
            Text("每部網路設備應指定負責人", "each network device has an owner"),
        ),
    ),
    deck=(),
    needs=(Need(table=firewalls),),
    blind_spots=(Text("看不出負責人是否仍在職。", "Whether the owner still works here is not seen."),),
    frame=Text("防火牆清冊上的每一部防火牆", "every firewall on the list"),
    population="""
        SELECT f.device, f.owner, f.row_id,
               CASE WHEN f.retired_on < :as_of THEN 'retired' END AS excluded_because
        FROM firewalls f
    """,
    exclusions={"retired": Text("基準日前已停用的防火牆", "firewalls retired before the as-of day")},
    exceptions="""
        SELECT p.device, p.row_id AS firewall_row
        FROM population p
        WHERE coalesce(trim(p.owner), '') = ''
    """,
    key=("device",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.LOW,
    message=Text("防火牆 {device} 沒有負責人", "nobody is responsible for the firewall {device}"),
    remedy=Text("指定負責人，並更新防火牆清冊。", "Name an owner and bring the list up to date."),
    margin=None,
)
