"""Money that moved between an employee, or the employee's relatives, and a customer of the firm."""

from chahe.controls.linked import By, Event, Family, Linked, Node, Role, Tie
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.money_signs import POPULATION
from chahe.evidence.contact_details import table as contact_details
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.orders import table as orders
from chahe.evidence.relations import table as relations
from chahe.evidence.staff_money import table as staff_money
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.evidence.transfers import table as transfers
from chahe.rules.citation import Sureness
from chahe.rules.citations import NO_MISLEADING_ACTS, NO_MONEY_WITH_CUSTOMERS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="money-between-staff-and-customer",
    title=Text("員工與客戶有資金往來", "Money between staff and customers"),
    question=Text(
        "員工（含親屬或所用名義人的帳戶）與公司客戶之間，有沒有借貸或其他不明的資金往來？",
        "Did money move between an employee, or an account of a relative or nominee, and a customer of the firm?",
    ),
    cites=(NO_MONEY_WITH_CUSTOMERS, NO_MISLEADING_ACTS),
    deck=("業務-5", "業務案一"),
    needs=(
        Need(table=staff_money),
        Need(table=transfers),
        Need(table=employees),
        Need(table=customers),
        Need(table=trading_accounts),
        Need(table=contact_details),
        Need(table=relations, excuses=True),
        Need(table=orders, optional=True),
    ),
    parameters={
        "looked_back": Parameter(
            3,
            Unit.YEARS,
            Stricter.HIGHER,
            Text(
                "實際案例往往歷時數年；回溯三年是我們的預設",
                "cases ran for years; to look back three is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "trifle": Parameter(
            5000,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "新臺幣元；不到此數的往來（合購、餐費、禮金）不單獨論處，仍計入累計；規範未定，是我們的預設",
                "NT$; a payment below it (shared purchases, meals, gifts) says nothing by itself but counts in the sum; no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "single": Parameter(
            30000,
            Unit.COUNT,
            Stricter.LOWER,
            Text("新臺幣元，單筆；規範未定，是我們的預設", "NT$, one payment; no rule sets it, it is our default"),
            Sureness.UNCONFIRMED,
        ),
        "total": Parameter(
            100000,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "新臺幣元，365 日內累計；規範未定，是我們的預設",
                "NT$, within 365 days; no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "hub": Parameter(
            3,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "同一員工與三位以上客戶往來即為資金中樞；我們的預設",
                "an employee with three customers or more is a hub; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "interest_least": Parameter(
            5,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "千分之五：按期付出款項的百分之零點五以上像利息；規範未定，是我們的預設",
                "per mille: payments of half a per cent and more of an earlier one look like interest; no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "interest_most": Parameter(
            50,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "千分之五十：超過百分之五的不像利息；我們的預設",
                "per mille: more than five per cent is no interest; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "slack": Parameter(
            2,
            Unit.DAYS,
            Stricter.HIGHER,
            Text(
                "相隔三十日或七日，前後可差二日，連續三次為節奏；我們的預設",
                "thirty or seven days apart, two more or less, three times running; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "returned_most": Parameter(
            1300,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "千分之一千三百：其後付回原款至其一點三倍者為返還；我們的預設",
                "per mille: a later payment back of one to 1.3 times the sum is its return; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "bought_days": Parameter(
            3,
            Unit.DAYS,
            Stricter.HIGHER,
            Text("款項後三日內的買進；我們的預設", "purchases within three days of the money; our default"),
            Sureness.UNCONFIRMED,
        ),
        "alike": Parameter(
            80,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "百分之八十：較小的金額至少為較大的八成；我們的預設",
                "per cent: the smaller amount is at least eighty per cent of the larger; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "habit": Parameter(
            30,
            Unit.DAYS,
            Stricter.LOWER,
            Text(
                "款項前三十日內已有同樣金額的買進，即為平常的買進；我們的預設",
                "who bought as much in the thirty days before buys anyway; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "付息、返還與款項後買進只是加註，不單獨成為例外；買進看員工與其關係人帳戶的委託，不看是否成交；依約定還給客戶的損失沒有比對。",
            "Interest, returns and purchases are remarks and no exception by themselves. Purchases are orders on accounts of the employee and relatives, filled or not; losses made good to customers are not compared.",
        ),
        Text(
            "只看得到載入的明細：員工在外的帳戶、現金與未登記的帳號看不到，沒有例外不代表沒有借貸；看不到任何明細的員工列為排除並計數。",
            "Only statements that were loaded are seen: accounts kept elsewhere, cash and accounts that nobody registered are not. No exception does not mean no loan; employees without a statement are left out and counted.",
        ),
        Text(
            "同一筆在兩份明細上日期不同時會計為兩筆；轉手只看一個第三人帳戶、三日內、八成以上，且該帳戶往來對象不超過五個。",
            "One payment booked on different days by two banks counts twice. Money passed on is seen through one account only, within three days, from four fifths upward, and where that account deals with five parties at most.",
        ),
        Text(
            "親屬以申報為準，包括曾有的關係；有價證券的借貸看不到；員工媒介客戶之間的借貸由 loan-brokered 檢查。",
            "Relatives are those declared, former ones included. Loans of securities are not seen; loans between customers that an employee arranged are asked for by loan-brokered.",
        ),
    ),
    frame=Text(
        "員工名冊的每一位員工，以及與其有資金往來的每一位客戶",
        "every employee, and every pair of an employee and a customer between whom money moved",
    ),
    population=POPULATION,
    exclusions={
        "no_statement": Text("沒有任何銀行明細可看的員工", "employees of whom no bank statement is at hand"),
        "left_before": Text("回溯期間以前已離職的員工", "employees who left before the time looked back on"),
        "kin": Text("與親屬之間的往來", "payments between relatives"),
        "colleagues": Text("與同事之間的往來", "payments between colleagues"),
        "not_staff_then": Text("當時不在職", "not employed at the time"),
        "not_customer_then": Text("當時不是客戶", "not a customer at the time"),
    },
    exceptions="""
        SELECT p.person_id, p.customer_id, p.state AS defect, p.payments, p.received, p.paid, p.largest, p.first_on, p.last_on,
               CASE WHEN p.passed >= 1 THEN 'by_third' WHEN p.by_relative >= 1 THEN 'by_relative' ELSE 'direct' END AS way,
               p.customers, p.hub_amount, p.signs_zh, p.signs_en, p.bought_on, p.first_row, p.last_row, p.other_row, p.party_row, p.staff_row, p.loan_row, p.bought_row,
               CASE WHEN p.loan_row IS NOT NULL OR p.bought_on IS NOT NULL THEN 'seen' ELSE p.state END AS certainty
        FROM population p WHERE p.state NOT IN ('good', 'unsure')
    """,
    undetermined="SELECT p.person_id, p.customer_id, p.unsure AS why FROM population p WHERE p.state = 'unsure'",
    unclear={
        "name_only": Text(
            "對方帳號未登記，只有戶名與客戶或員工相同；請查明帳號是誰的",
            "the account is not registered and only its name is that of a customer or employee; find out whose it is",
        ),
        "identity": Text(
            "員工或客戶沒有身分證字號，無法排除本人或親屬",
            "employee or customer has no national ID, so that the same person or a relative cannot be ruled out",
        ),
        "amount": Text("明細沒有新臺幣金額或收付別", "the statement tells no amount in NT$, or not which way it went"),
        "shared_account": Text(
            "帳號登記在不只一人名下，無法認定是誰的",
            "the account is registered to several persons, so that nobody can be named",
        ),
    },
    key=("person_id", "customer_id"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "員工 {person_id} 與客戶 {customer_id}：{first_on:date} 至 {last_on:date} 資金往來 {payments} 筆（{way:word}），收自客戶 {received:money} 元、付給客戶 {paid:money} 元：{defect:word}；該員工共與 {customers} 位客戶往來，合計 {hub_amount:money} 元{signs_zh}",
        "employee {person_id} and customer {customer_id}: {payments} payments from {first_on:date} to {last_on:date} ({way:word}), NT${received:money} from the customer, NT${paid:money} to the customer: {defect:word}; with {customers} customers in all, NT${hub_amount:money} altogether{signs_en}",
    ),
    words={
        "hub": Text("員工為多位客戶的資金中樞", "the employee is a hub of several customers' money"),
        "circle": Text("資金經他人帳戶繞回", "the money came round by others' accounts"),
        "passed_on": Text("資金經第三人帳戶轉手", "the money was passed on by a third person's account"),
        "both_ways": Text("有借有還", "money went both ways"),
        "single": Text("單筆金額達標準", "one payment reaches the limit"),
        "total": Text("一年累計達標準", "the sum of a year reaches the limit"),
        "own_customer": Text("與自己負責的客戶往來不只一次", "more than once with a customer of the employee's own"),
        "direct": Text("直接往來", "straight"),
        "by_relative": Text("經親屬或名義人的帳戶", "by an account of a relative or nominee"),
        "by_third": Text("經第三人帳戶", "by a third person's account"),
    },
    headings={
        "signs": Text("並見", "seen besides"),
        "bought_on": Text("款項後買進日", "bought on"),
        "certainty": Text("可信程度依據", "what confidence rests on"),
        "loan_row": Text("原款項紀錄", "record of the sum lent"),
        "bought_row": Text("買進委託紀錄", "record of the purchase"),
    },
    remedy=Text(
        "請員工與客戶分別說明每一筆的原因並提出佐證，調閱委託與通訊紀錄查有無代操或保證；屬借貸者依規定處分並申報，其餘記明理由。",
        "Have employee and customer each explain every payment with papers, and look into orders and messages for promises or trading on their behalf; punish and report loans, and record the reason of all else.",
    ),
    margin=None,
    linked=Linked(
        family=Family.MONEY,
        nodes=(
            Node(column="person_id", role=Role.EMPLOYEE),
            # A hub's customers are what it is about: each may have cases of another kind with others.
            Node(column="customer_id", role=Role.CUSTOMER, joins=False),
            Node(column="staff_row", role=Role.BANK_ACCOUNT),
        ),
        ties=(
            Tie(
                ends=(("person_id",), ("staff_row",)),
                what=Text("登記的帳戶", "registered account"),
                rows=("staff_row",),
                strength=90,
            ),
            Tie(
                ends=(("staff_row", "person_id"), ("customer_id",)),
                what=Text("資金往來", "money"),
                told="way",
                rows=("first_row", "last_row", "other_row", "party_row", "loan_row"),
                strength=80,
            ),
        ),
        events=(
            Event(column="first_on", what=Text("首筆資金往來", "first payment"), rows=("first_row",)),
            Event(column="last_on", what=Text("末筆資金往來", "last payment"), rows=("last_row",)),
            Event(column="bought_on", what=Text("款項後買進", "securities bought"), rows=("bought_row",)),
        ),
        money=("received", "paid"),
        confidence=By(
            "certainty", {"seen": 90, "hub": 85, "circle": 85, "both_ways": 75, "passed_on": 70, "total": 60}, 50
        ),
    ),
)
