"""The example firm's `chahe.toml`: its facts and one source for each place records come from."""

from datetime import date

from chahe.simulate.cast.chats import Chat
from chahe.simulate.days import DAY
from chahe.simulate.life.company import NAME, OFFICE, WIN, Firm
from chahe.simulate.life.holders import LINUX


def settings(firm: Firm) -> str:
    """The whole file. Everything is observed at the end of the as-of day."""
    parts = [
        f'[firm]\nname = "{NAME}"\ninternet_orders = true\ncolocation = true\n',
        "[audit]\nmonths = 12\n",
        *(_source(f"防火牆日誌 {wall.device}", f"firewall/{wall.device}/*", firm.as_of) for wall in firm.firewalls),
        *(_source(f"登入日誌 {host}", f"auth/{host}/*", firm.as_of) for host in map(firm.called, (*LINUX, WIN))),
    ]
    for place in map(firm.called, (*LINUX, WIN, OFFICE)):
        parts.append(_source(f"帳號 {place}", f"accounts/{place}/*", firm.as_of, system=place))
        if place != firm.called(OFFICE):
            parts.append(_source(f"密碼設定 {place}", f"settings/{place}/*", firm.as_of, system=place))
    parts += [
        _source("內部弱點掃描", "scans/nessus/*", firm.as_of, from_outside="no"),
        _source("外部弱點掃描", "scans/outside/*", firm.as_of, from_outside="yes"),
        _source("客戶委託", "orders/customer_*", firm.as_of, leg="customer"),
        _source("交易所委託", "orders/exchange_*", firm.as_of, exchange_comp_id="TWSE"),
        _source("委託簿", "orders/book_*", firm.as_of, leg="customer", session="orderbook"),
        _source("舊線路委託備份", "orders/archive*", firm.as_of),
        _source("漲跌幅度資料檔", "market/T30_*", firm.as_of),
        _source("風控檢核", "orders/checks_*", firm.as_of),
        _source("防火牆設定備份", "firewall_configs/*", firm.as_of),
        _source("遠端連線日誌", "remote/*", firm.as_of),
        _source("網路下單登入紀錄", "weborder/*", firm.as_of),
        _source("清冊", "registers/*", firm.as_of),
        _source("機房門禁紀錄", "doors/*", firm.as_of),
        _source("銀行往來明細", "bank/*", firm.as_of),
        _source("客戶資料查詢紀錄", "lookups/*", firm.as_of),
        *(_source(f"LINE 對話 {chat.title}", f"talk/{chat.file}", firm.as_of, **_speakers(chat)) for chat in firm.talk),
        _source("官網外部連結", "web/*", firm.as_of),
        *(
            _source(
                f"契約 {one.contract}", f"contracts/{one.contract}.docx", firm.as_of, "docx_text", document=one.contract
            )
            for one in firm.contracts
            if one.articles
        ),
        # Unix and `net user` do not say when an account was made; the inventory of twelve days earlier does.
        _source("帳號清冊", "inventory/*", firm.as_of - 12 * DAY),
    ]
    return "\n".join(parts)


def _speakers(chat: Chat) -> dict[str, str]:
    told = {"staff": ",".join(chat.staff), "customers": ",".join(chat.customers)}
    return {name: names for name, names in told.items() if names}


def _source(name: str, paths: str, observed: date, reader: str = "", **facts: str) -> str:
    lines = ["[[source]]", f'name = "{name}"', f'paths = ["records/{paths}"]', f"observed = {observed.isoformat()}"]
    if reader:
        lines.append(f'reader = "{reader}"')
    if facts:
        listed = ", ".join(f'{key} = "{value}"' for key, value in facts.items())
        lines.append(f"set = {{ {listed} }}")
    return "\n".join(lines) + "\n"
