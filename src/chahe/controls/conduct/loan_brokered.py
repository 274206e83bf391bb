"""Loans from customer to customer that the employee who looks after both arranged, and was paid for."""

from chahe.controls.brokered_loans import JUDGED, LENT, PAIRS
from chahe.controls.linked import Event, Family, Linked, Node, Role, Tie
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_authorizations import table as account_authorizations
from chahe.evidence.contact_details import table as contact_details
from chahe.evidence.customer_money import table as customer_money
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.relations import table as relations
from chahe.evidence.staff_money import table as staff_money
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.evidence.transfers import table as transfers
from chahe.rules.citation import Sureness
from chahe.rules.citations import NO_MISLEADING_ACTS, NO_MONEY_WITH_CUSTOMERS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_OURS = Sureness.UNCONFIRMED

control = Control(
    id="loan-brokered",
    title=Text("員工媒介客戶間借貸", "Loans between customers brokered by staff"),
    question=Text(
        "客戶之間的大額款項，有沒有由同時負責雙方的營業員媒介，並於其後收受報酬？",
        "Did the employee who looks after both arrange a large payment from one customer to another, and get paid for it?",
    ),
    cites=(NO_MONEY_WITH_CUSTOMERS, NO_MISLEADING_ACTS),
    deck=("業務-5",),
    needs=(
        Need(table=customer_money),
        Need(table=staff_money),
        Need(table=transfers),
        Need(table=employees),
        Need(table=customers),
        Need(table=trading_accounts, told=("representative_id",)),
        Need(table=contact_details, excuses=True),
        Need(table=account_authorizations, excuses=True),
        Need(table=relations, excuses=True),
    ),
    parameters={
        "looked_back": Parameter(
            3,
            Unit.YEARS,
            Stricter.HIGHER,
            Text(
                "實際案例往往歷時數年；回溯三年是我們的預設", "cases ran for years; to look back three is our default"
            ),
            _OURS,
        ),
        "least": Parameter(
            100000,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "新臺幣元；客戶之間單筆達此數才看。規範未定，是我們的預設",
                "NT$; a payment between customers is looked at from here upward. No rule sets it, it is our default",
            ),
            _OURS,
        ),
        "fee_days": Parameter(
            30,
            Unit.DAYS,
            Stricter.HIGHER,
            Text(
                "款項之後三十日內付給員工方者；規範未定，是我們的預設",
                "what reached the staff within thirty days of it; no rule sets it, it is our default",
            ),
            _OURS,
        ),
        "fee_least": Parameter(
            5,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "千分之五：報酬至少為款項的這麼多；規範未定，是我們的預設",
                "per mille: the reward is at least so much of the payment; no rule sets it, it is our default",
            ),
            _OURS,
        ),
        "fee_most": Parameter(
            100,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "千分之一百：更多便不像報酬，由 money-between-staff-and-customer 看；我們的預設",
                "per mille: more is hardly a reward and left to money-between-staff-and-customer; our default",
            ),
            _OURS,
        ),
    },
    blind_spots=(
        Text(
            "只看得到載入的客戶明細；以現金付的款項或報酬、經他人帳戶收的報酬看不到，沒有例外不代表沒有媒介。",
            "Only statements of customers that were loaded are seen. Cash, and rewards taken by others' accounts, are not: no exception does not mean that nobody brokered.",
        ),
        Text(
            "兩位客戶在公司資料上有共同的地址（同棟即算）、電話、郵件、帳戶或代理人，即視為另有關聯；沒有登記的親友關係看不出來，請查明後記載理由。",
            "Two customers with an address (one building is enough), telephone, e-mail, bank account or agent in common on record are held to be related. Ties that nobody registered are not seen: ask, and record the reason.",
        ),
        Text(
            "每月相近的款項（租金、薪資、互助會）與客戶平常就付給員工的相近款項不計；逐月撥付的借貸因此看不出來。營業員以現任為準。",
            "Alike payments month by month (rent, wages, savings clubs) and what a customer pays the employee anyway do not count, so that loans paid out monthly are not seen. The representative is the present one.",
        ),
    ),
    frame=Text(
        "看得到銀行明細的每一位客戶，及其中大額款項的付款、收款客戶與相關員工",
        "every customer of whom a bank statement is at hand, and of the large payments among them payer, payee and the employee concerned",
    ),
    population=f"WITH {LENT}, {JUDGED} {PAIRS}",
    exclusions={
        "related": Text("兩位客戶另有關聯", "the two customers have something else in common"),
        "monthly": Text("每月相近的款項", "alike payments month by month"),
    },
    exceptions="""
        SELECT p.person_id, p.lender_id, p.borrower_id, p.loans, p.lent, p.lent_on, p.fee_on, p.fee, p.returned, p.last_on,
               p.loan_row, p.fee_row, p.returned_row, p.payer_row, p.payee_row, p.staff_row
        FROM population p WHERE p.loans >= 1
    """,
    undetermined="SELECT p.person_id, p.lender_id, p.borrower_id, p.doubt AS why FROM population p WHERE p.loans = 0 AND p.doubt IS NOT NULL",
    unclear={
        "no_statement": Text(
            "雙方都由這位員工負責，但沒有其銀行明細，不知有無收受報酬；請取得員工申報的明細",
            "the employee looks after both, but no statement of the employee is at hand to tell whether a reward came; obtain one",
        ),
        "book_unknown": Text(
            "款項之後員工收了相當的款項，但當時由誰負責客戶不明；請補登營業員與接任日",
            "the employee got a fitting sum afterwards, but who looked after the customers then is unknown; fill in who did and since when",
        ),
        "contacts": Text(
            "客戶沒有登記地址或電話，無法排除雙方另有關聯；請補登後再查",
            "a customer has neither address nor telephone on record, so that ties between the two cannot be ruled out; fill them in",
        ),
        "name_only": Text(
            "對方帳號未登記，只有戶名與客戶相同；請查明帳號是誰的",
            "the account is not registered and only its name is a customer's; find out whose it is",
        ),
        "identity": Text(
            "客戶沒有身分證字號，無法排除是同一人",
            "a customer has no national ID, so that the two may be one person",
        ),
        "amount": Text("明細沒有新臺幣金額或收付別", "the statement tells no amount in NT$, or not which way it went"),
        "shared_account": Text(
            "帳號登記在不只一人名下，無法認定是誰的",
            "the account is registered to several persons, so that nobody can be named",
        ),
    },
    key=("person_id", "lender_id", "borrower_id"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "客戶 {lender_id} 與 {borrower_id} 均由員工 {person_id} 負責，於公司資料上無其他關聯；{lender_id} 自 {lent_on:date} 起共支付 {borrower_id} {loans} 筆，合計新臺幣 {lent:money} 元（{borrower_id} 其後已返還 {returned:money} 元），員工方則自 {fee_on:date} 起自該等客戶收受 {fee:money} 元，疑有媒介借貸情事",
        "customers {lender_id} and {borrower_id}, both looked after by employee {person_id}, have nothing else in common on record; since {lent_on:date} {lender_id} paid {borrower_id} NT${lent:money} in all (payments: {loans}; paid back since: NT${returned:money}), and from {fee_on:date} on the employee's side got NT${fee:money} of them: perhaps a brokered loan",
    ),
    headings={
        "lender_id": Text("付款客戶", "customer who paid"),
        "borrower_id": Text("收款客戶", "customer who was paid"),
        "loans": Text("款項筆數", "payments"),
        "lent": Text("款項合計（元）", "paid in all (NT$)"),
        "lent_on": Text("首筆款項日", "first paid on"),
        "fee_on": Text("員工方收款日", "reward on"),
        "fee": Text("員工方收款（元）", "reward (NT$)"),
        "returned": Text("其後付回（元）", "paid back since (NT$)"),
        "loan_row": Text("款項紀錄", "record of the payment"),
        "fee_row": Text("員工方收款紀錄", "record of the reward"),
        "returned_row": Text("付回紀錄", "record of what was paid back"),
        "payer_row": Text("付款帳戶登記", "record of the payer's account"),
        "payee_row": Text("收款帳戶登記", "record of the payee's account"),
    },
    remedy=Text(
        "分別訪談兩位客戶與員工：款項的原因、由誰介紹、利息如何約定，員工所收款項為何；屬媒介借貸者依規定處分並申報，其餘記明理由與佐證。",
        "Hear both customers and the employee apart: what the payment was for, who brought them together, what interest was agreed, and what the employee was paid for; punish and report what was brokered, and record reason and papers of all else.",
    ),
    margin=None,
    linked=Linked(
        family=Family.MONEY,
        nodes=(
            Node(column="person_id", role=Role.EMPLOYEE),
            Node(column="lender_id", role=Role.CUSTOMER, joins=False),
            Node(column="borrower_id", role=Role.CUSTOMER, joins=False),
        ),
        ties=(
            Tie(
                ends=(("lender_id",), ("borrower_id",)),
                what=Text("付款", "paid"),
                rows=("loan_row", "returned_row", "payer_row", "payee_row"),
                strength=70,
            ),
            Tie(
                ends=(("person_id",), ("borrower_id",)),
                what=Text("負責雙方並收款", "looks after both and was paid"),
                rows=("fee_row", "staff_row"),
                strength=70,
            ),
        ),
        events=(
            Event(column="lent_on", what=Text("客戶間款項", "payment between customers"), rows=("loan_row",)),
            Event(column="fee_on", what=Text("員工方收款", "reward"), rows=("fee_row",)),
            Event(column="last_on", what=Text("最近往來", "latest payment"), rows=("returned_row", "fee_row")),
        ),
        money=("lent",),
        confidence=75,
    ),
)
