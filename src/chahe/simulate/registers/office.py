"""The lists that the firm's people keep, as workbooks and CSV files under their Chinese headings."""

from pathlib import Path

from chahe.simulate.cast.staff_and_systems import Account
from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life.access import national_id
from chahe.simulate.life.company import WEB_ORDER, Firm


def write_registers(firm: Firm, folder: Path) -> None:
    """Everything under `records/registers`, and the yearly inventory of accounts under `records/inventory`."""
    _people(firm, folder)
    _systems(firm, folder)
    _network(firm, folder)
    _access(firm, folder)
    _vulnerabilities(firm, folder)


def _people(firm: Firm, folder: Path) -> None:
    write_csv(
        folder / "員工名冊.csv",
        ("工號", "員工姓名", "單位", "職稱", "到職日", "調職日", "離職日", "身分證字號"),
        [
            (e.person, e.name, e.department, e.title, e.hired, e.moved, e.left, firm.clientele.staff_ids[e.person])
            for e in firm.employees
        ],
    )
    write_workbook(
        folder / "委外廠商.xlsx",
        [
            (
                "契約",
                "委外契約清冊",
                ("契約編號", "廠商", "標的", "起日", "迄日"),
                [(c.contract, c.vendor, c.subject, c.begins, c.ends) for c in firm.contracts],
            ),
            (
                "人員",
                "委外人員名冊（資訊部）",
                ("委外人員編號", "姓名", "委外廠商", "契約編號", "委任起日", "委任迄日"),
                [(v.person, v.name, v.vendor, v.contract, v.engaged_from, v.engaged_until) for v in firm.vendors],
            ),
        ],
    )


def _systems(firm: Firm, folder: Path) -> None:
    write_workbook(
        folder / "資訊系統清冊.xlsx",
        [
            (
                "系統",
                "資訊系統清冊　製表：資訊部",
                (
                    "系統名稱",
                    "重要系統",
                    "對外服務",
                    "官方網站",
                    "網路下單",
                    "主機共置",
                    "防火牆",
                    "啟用日",
                    "停用日",
                    "負責人",
                ),
                [
                    (
                        s.name,
                        s.important,
                        s.internet_facing,
                        s.official_site,
                        s.name == firm.called(WEB_ORDER),
                        s.colocated,
                        s.firewall,
                        s.in_service,
                        s.retired,
                        s.heading,
                    )
                    for s in firm.systems
                ],
            ),
            (
                "主機",
                "系統與主機對照",
                ("系統名稱", "主機名稱", "主機位址"),
                [(s.name, s.host, s.address) for s in firm.systems],
            ),
        ],
    )


def _network(firm: Firm, folder: Path) -> None:
    write_workbook(
        folder / "網路設備.xlsx",
        [
            (
                "防火牆",
                "防火牆清冊",
                ("設備名稱", "設備序號", "廠牌", "設置地點", "啟用日", "停用日", "負責人"),
                [(f.device, f.serial, f.make, f.site, f.in_service, f.retired, "資訊部") for f in firm.firewalls],
            ),
            (
                "線路",
                "對外網路連線清冊",
                ("線路編號", "連線種類", "說明", "防火牆", "啟用日", "停用日"),
                [(n.link, n.kind, n.description, n.firewall, n.in_service, n.retired) for n in firm.links],
            ),
        ],
    )
    write_csv(
        folder / "防火牆規則檢視.csv",
        ("檢視編號", "防火牆名稱", "檢視日期", "檢視人員", "檢視結果", "涵蓋異動至"),
        [(r.review, r.device, r.reviewed, r.reviewer, r.result, r.covers_until) for r in firm.firewall_reviews],
    )
    write_csv(
        folder / "防火牆規則.csv",
        ("設備名稱", "規則編號", "啟用", "處置", "來源", "目的", "服務", "最後異動日", "用途", "申請單位", "到期日"),
        [
            (
                r.device,
                r.rule,
                True,
                r.action,
                r.source,
                r.destination,
                r.service,
                r.changed,
                r.purpose,
                r.owner,
                r.expires,
            )
            for r in firm.firewall_rules
        ],
        "utf-8-sig",
    )
    write_csv(
        folder / "停機紀錄.csv",
        ("設備名稱", "停機開始", "停機結束", "原因", "核准人"),
        [(d.subject, d.begins, d.ends, d.reason, d.approved_by) for d in firm.downtimes],
    )


def _access(firm: Firm, folder: Path) -> None:
    write_workbook(
        folder / "帳號權限申請.xlsx",
        [
            (
                "申請單",
                "帳號權限申請登記簿",
                ("申請單號", "系統名稱", "申請帳號", "申請人", "使用目的", "申請權限", "申請日", "使用單位主管",
                 "使用單位核可日", "資訊單位主管", "資訊單位核可日"),
                [
                    (r.request, r.system, r.account, r.requester, r.purpose, r.rights, r.requested, r.manager,
                     r.manager_on, r.it_manager, r.it_on)
                    for r in firm.requests
                ],
            )
        ],
    )  # fmt: skip
    write_csv(
        folder / "帳號權限審查.csv",
        ("審查編號", "系統名稱", "帳號", "審查日期", "審查人員", "審查結果", "理由"),
        [(r.review, r.system, r.account, r.reviewed, r.reviewer, r.decision, r.reason) for r in firm.reviews],
    )
    write_csv(
        folder / "帳號歸屬.csv",
        ("系統名稱", "帳號", "使用人編號", "使用者類別"),
        [
            *((a.place, a.name, a.person, a.holder) for a in firm.accounts if a.person is not None),
            *((place, account, person, "員工") for place, account, person in firm.access.also_held),
        ],
    )
    write_csv(
        folder / "最高權限使用核准.csv",
        ("核准單號", "系統名稱", "帳號", "申請人", "核准人", "核准時間", "使用起", "使用迄", "事由"),
        [
            (p.approval, p.system, p.account, p.requester, p.approver, p.approved, p.begins, p.ends, p.purpose)
            for p in firm.approvals
        ],
    )
    write_csv(
        folder.parent / "inventory" / "帳號清冊.csv",
        ("系統名稱", "帳號", "姓名", "建立日"),
        [
            (a.place, a.name, a.full_name, a.created)
            for a in firm.accounts
            if a.kind in ("linux", "windows") and a.person is not None
        ],
    )
    write_workbook(
        folder / "網路下單客戶帳號.xlsx",
        [
            (
                "客戶帳號",
                "網路下單系統匯出",
                (
                    "系統名稱",
                    "使用者帳號",
                    "姓名",
                    "使用者類別",
                    "是否啟用",
                    "建立日期",
                    "密碼最後變更日",
                    "需要密碼",
                    "身分證字號",
                    "手機",
                ),
                [_customer(firm, one) for one in firm.accounts if one.kind == "customers"],
            )
        ],
    )


def _customer(firm: Firm, one: Account) -> tuple[object, ...]:
    rng = firm.rng(f"customer {one.name}")
    person, phone = national_id(rng), f"09{rng.randrange(10**8):08}"
    shown = f"{phone[:4]}-***-{phone[-3:]}" if firm.access.phones_masked else phone
    known = (one.place, one.name, one.full_name, one.holder, one.enabled, one.created, one.changed, True)
    return (*known, f"{person[:3]}****{person[-3:]}", shown)


def _vulnerabilities(firm: Firm, folder: Path) -> None:
    write_workbook(
        folder / "弱點處理紀錄.xlsx",
        [
            (
                "處理",
                "弱點處理紀錄",
                ("處理編號", "主機名稱", "弱點代碼", "處理方式", "處理日期", "核准人", "有效至"),
                [(t.treatment, t.host, t.plugin, t.how, t.treated, t.approver, t.valid_until) for t in firm.treatments],
            )
        ],
    )
