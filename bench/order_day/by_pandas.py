"""The same questions in pandas, for the controls that read the day's orders: the needed columns and legs, read from the same files."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

_DAY = pd.Timestamp("2026-11-20").date()
_OPEN_US = 1_795_136_400_000_000
_HOUR_US = 3_600_000_000
_OWN = ("proprietary", "error")
_NOT_OTHERS = ("proprietary", "error", "discretionary")
_CREDIT = ("margin_broker", "margin_finance_company", "short_broker", "short_finance_company")

Keys = Sequence[object]


def _read(folder: Path, table: str, columns: Sequence[str], **equal: str) -> pd.DataFrame:
    filters = [(column, "==", value) for column, value in equal.items()] or None
    read: pd.DataFrame = pd.read_parquet(folder / "tables" / table, columns=list(columns), filters=filters)
    return read


def _decimals(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    for column in columns:
        frame[column] = frame[column].astype("float64")
    return frame


def _accounts(folder: Path) -> pd.DataFrame:
    return _read(folder, "trading_accounts", ("account", "customer_id", "account_class", "representative_id"))


def _priced(folder: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Orders sent to the exchange with their amounts, market orders at the limit-up price."""
    sent = _decimals(_read(folder, "orders", (*columns, "symbol", "price", "quantity"), leg="exchange"), "price")
    up = _decimals(_read(folder, "securities", ("symbol", "limit_up")), "limit_up")
    sent = sent.merge(up, on="symbol", how="left")
    sent["amount"] = sent.price.fillna(sent.limit_up) * sent.quantity
    return sent


def _staff(folder: Path) -> pd.DataFrame:
    """Accounts of employees and relatives: person_id, relation, account, born_on."""
    staff = _read(folder, "employees", ("person_id", "national_id", "left_on"))
    staff = staff[staff.left_on.isna()]
    kin = _read(folder, "relations", ("person_id", "national_id", "relation"))
    kin = kin[kin.person_id.isin(staff.person_id)]
    both = pd.concat([staff.assign(relation="self")[["person_id", "national_id", "relation"]], kin])
    people = _read(folder, "customers", ("customer_id", "national_id"))
    held = both.merge(people, on="national_id").merge(_accounts(folder)[["account", "customer_id"]], on="customer_id")
    return held[["person_id", "relation", "account"]]


def _by_customers(folder: Path, columns: Sequence[str]) -> pd.DataFrame:
    """New orders as customers gave them."""
    return _read(folder, "orders", columns, leg="customer", event="new")


def _others(folder: Path, staff: pd.DataFrame) -> pd.DataFrame:
    accounts = _accounts(folder)
    return accounts[~accounts.account_class.isin(_NOT_OTHERS) & ~accounts.account.isin(staff.account)]


def pre_trade(folder: Path) -> pd.DataFrame:
    same = ["order_id", "account", "symbol", "side", "price", "quantity"]
    sent = _decimals(_read(folder, "orders", (*same, "session", "event", "sent_at_us"), leg="exchange"), "price")
    sent = sent[sent.event != "cancel"]
    checks = _decimals(_read(folder, "risk_checks", (*same, "checked_at_us"), result="passed"), "price")
    # A missing price is equal to none; pandas joins what is not a number with its like.
    met = sent.merge(checks, on=same, how="left")
    good = met[met.checked_at_us < met.sent_at_us].order_id
    return sent[~sent.order_id.isin(good)][["session", "order_id", "event", "sent_at_us"]]


def over_limit(folder: Path) -> pd.DataFrame:
    sent = _priced(folder, ("order_id", "original_order_id", "account", "event", "sent_at_us"))
    accounts = _accounts(folder)
    sent = sent.merge(accounts[~accounts.account_class.isin(_OWN)], on="account")
    limits = _decimals(_read(folder, "credit_limits", ("customer_id", "daily_limit", "valid_from_us")), "daily_limit")
    sums = sent[sent.event != "cancel"].groupby("customer_id").amount.sum()
    least = limits.groupby("customer_id").daily_limit.min().reindex(sums.index).fillna(0)
    sent = sent[sent.customer_id.isin(sums.index[sums > least])].copy()
    before = sent.set_index("order_id").amount.reindex(sent.original_order_id).to_numpy()
    sent["step"] = sent.amount.where(sent.event == "new", (sent.amount - before).clip(lower=0)).where(
        sent.event != "cancel", 0
    )
    sent = sent.sort_values(["sent_at_us", "order_id"])
    sent["total"] = sent.groupby("customer_id").step.cumsum()
    met = pd.merge_asof(
        sent, limits.sort_values("valid_from_us"), left_on="sent_at_us", right_on="valid_from_us", by="customer_id"
    )
    over = met[(met.step > 0) & (met.total > met.daily_limit.fillna(0))]
    return over[["customer_id"]].drop_duplicates().assign(day=_DAY)


def credit(folder: Path) -> pd.DataFrame:
    sent = _decimals(_read(folder, "orders", ("account", "price", "quantity"), leg="exchange", event="new"), "price")
    sent["ordered"] = sent.price * sent.quantity
    accounts = _accounts(folder)
    sums = sent.merge(accounts[~accounts.account_class.isin(_OWN)], on="account").groupby("customer_id").ordered.sum()
    limits = _decimals(
        _read(folder, "credit_limits", ("limit_id", "customer_id", "daily_limit", "valid_from_us")), "daily_limit"
    ).sort_values("valid_from_us")
    limits["begins"] = pd.to_datetime((limits.valid_from_us + 8 * _HOUR_US) // (24 * _HOUR_US), unit="D")
    chained = limits.groupby("customer_id")
    limits["before"], limits["before_on"] = chained.daily_limit.shift(), chained.begins.shift()
    checks = _decimals(
        _read(
            folder,
            "credit_assessments",
            ("customer_id", "assessed_on", "valid_until", "means", "identity_proof", "means_proof"),
        ),
        "means",
    )
    checks["assessed_on"] = pd.to_datetime(checks.assessed_on).astype(limits.begins.dtype)
    newest = checks.groupby("customer_id").assessed_on.max()
    met = pd.merge_asof(
        limits.sort_values("begins"),
        checks.sort_values("assessed_on"),
        left_on="begins",
        right_on="assessed_on",
        by="customer_id",
    )
    unproved = (met.daily_limit > 4_990_000) & (met.identity_proof.isna() | met.means_proof.isna())
    raised = (met.daily_limit > met.before) & (met.assessed_on <= met.before_on)
    peak = met.customer_id.map(sums)
    outgrown = (met.customer_id.map(newest) < pd.Timestamp("2025-11-20")) & (peak * 100 >= met.daily_limit * 80)
    bad = met.assessed_on.isna() | unproved | (met.daily_limit > met.means) | raised | outgrown
    return met[bad][["limit_id"]]


def disposition(folder: Path) -> pd.DataFrame:
    measures = _read(folder, "disposition_securities", ("symbol", "single_order_limit_lots", "cumulative_limit_lots"))
    sent = _priced(folder, ("order_id", "account", "side", "sent_at_us", "event", "order_category"))
    sent = sent[(sent.event == "new")].merge(measures, on="symbol").merge(_accounts(folder), on="account")
    margin, short = sent.order_category.isin(_CREDIT[:2]), sent.order_category.isin(_CREDIT[2:])
    sent = sent[~((sent.side == "sell") & margin) & ~((sent.side == "buy") & short)].sort_values(
        ["sent_at_us", "order_id"]
    )
    sent["credit"] = sent.order_category.isin(_CREDIT).astype(int)
    sent["money"] = sent.amount.where(sent.side == "buy", 0)
    sent["shares"] = sent.quantity.where(sent.side == "sell", 0)
    lane = sent.groupby(["customer_id", "symbol"])
    total, largest, on_credit = lane.quantity.cumsum(), lane.quantity.cummax(), lane.credit.cummax()
    money, shares = lane.money.cumsum(), lane.shares.cumsum()
    paid = _decimals(_read(folder, "prepayments", ("account", "symbol", "amount")), "amount").merge(
        _accounts(folder), on="account"
    )
    held = paid.groupby(["customer_id", "symbol"]).amount.sum()
    has = pd.Series(
        held.reindex(pd.MultiIndex.from_frame(sent[["customer_id", "symbol"]])).to_numpy(), index=sent.index
    )
    due = (largest >= sent.single_order_limit_lots * 1000) | (total >= sent.cumulative_limit_lots * 1000)
    bad = due & ((has.fillna(0) < money) | (shares > 0)) & ~((on_credit > 0) & has.notna())
    return sent[bad].assign(day=_DAY)[["day", "account", "symbol", "order_id"]]


def insiders(folder: Path) -> pd.DataFrame:
    fills = _read(folder, "executions", ("account", "symbol", "order_id", "last_quantity"), side="sell", event="fill")
    people = _read(folder, "customers", ("customer_id", "national_id")).merge(_accounts(folder), on="customer_id")
    listed = _read(folder, "issuer_insiders", ("symbol", "national_id")).merge(people, on="national_id")
    sold = fills.merge(listed[["account", "symbol", "national_id"]], on=["account", "symbol"])
    sold["total"] = sold.groupby(["national_id", "symbol"]).last_quantity.transform("sum")
    filings = _read(
        folder, "insider_filings", ("symbol", "insider_national_id", "daily_quantity", "begins_on", "ends_on")
    )
    filings = filings[(filings.begins_on <= _DAY) & (filings.ends_on >= _DAY)]
    met = sold.merge(filings, left_on=["national_id", "symbol"], right_on=["insider_national_id", "symbol"], how="left")
    bad = met[(met.total > 10_000) & ~(met.total <= met.daily_quantity)]
    return bad.assign(day=_DAY)[["day", "account", "symbol", "order_id"]].drop_duplicates()


def restricted(folder: Path) -> pd.DataFrame:
    standings = _read(folder, "special_standings", ("customer_id",), standing="investment_commission")
    holders = standings.merge(_accounts(folder), on="customer_id")
    sold = _read(folder, "orders", ("account", "order_id", "symbol"), leg="exchange", event="new", side="sell")
    sold = sold.merge(holders, on="account").drop_duplicates("order_id")
    fills = _read(folder, "executions", ("order_id", "last_quantity")).groupby("order_id").last_quantity.sum()
    sold["filled"] = sold.order_id.map(fills).fillna(0)
    met = sold.merge(
        _read(folder, "sale_approvals", ("customer_id", "symbol", "approved_quantity")),
        on=["customer_id", "symbol"],
        how="left",
    )
    used = met.groupby(["customer_id", "symbol"]).filled.cumsum()
    return met[~(used <= met.approved_quantity)].assign(day=_DAY)[["day", "account", "order_id"]]


def special(folder: Path) -> pd.DataFrame:
    accounts = _accounts(folder)
    people = _read(folder, "customers", ("customer_id", "born_on"))
    minors = people[pd.to_datetime(people.born_on) > pd.Timestamp("2008-11-20")][["customer_id"]].assign(
        standing="minor"
    )
    listed = pd.concat([_read(folder, "special_standings", ("customer_id", "standing")), minors]).merge(
        accounts, on="customer_id"
    )
    sent = _read(folder, "orders", ("account", "order_id", "side"), leg="exchange", event="new")
    sent = sent.merge(listed, on="account")
    came = _by_customers(folder, ("order_id", "channel")).set_index("order_id").channel
    sent["channel"] = sent.order_id.map(came)
    barred = sent.standing.isin(("minor", "bankrupt")) | ((sent.standing == "frozen") & (sent.side == "sell"))
    barred |= (sent.standing == "investment_commission") & (sent.side == "buy")
    found = sent[barred & ~sent.channel.isin(("counter", "ordinary"))]
    return found.assign(day=_DAY)[["day", "account", "order_id"]].drop_duplicates()


def _marked(folder: Path, extra: Sequence[str] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Customers' orders, and staff's marks (certificate or device): tie, mark, person_id, account, relation."""
    orders = _by_customers(folder, ("account", "device", "signature", *extra))
    placed = orders.merge(_staff(folder), on="account")
    marks = (
        placed.melt(["person_id", "account", "relation"], ["device", "signature"], "tie", "mark")
        .dropna()
        .drop_duplicates()
    )
    return orders, marks


def _users(orders: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Every account that used one of the marks: tie, mark, user."""
    found = []
    for tie in ("device", "signature"):
        wanted = marks[marks.tie == tie].mark
        used = orders[orders[tie].isin(wanted)][["account", tie]].drop_duplicates()
        found.append(used.set_axis(["user", "mark"], axis=1).assign(tie=tie))
    return pd.concat(found)


def customer_used(folder: Path) -> pd.DataFrame:
    orders, marks = _marked(folder)
    staff, accounts = _staff(folder), _accounts(folder)
    others = _others(folder, staff)
    hand = _users(orders, marks).merge(marks, on=["tie", "mark"])
    hand = hand[hand.user.isin(others.account)][["person_id", "user"]].drop_duplicates()
    hand = pd.DataFrame({"kind": "hand", "person": hand.person_id, "account": hand.user, "device": None})
    dead = _read(folder, "customers", ("customer_id", "died_on")).dropna().merge(accounts, on="customer_id").account
    dead = dead[dead.isin(orders.account)]
    dead = pd.DataFrame({"kind": "death", "person": None, "account": dead, "device": None})
    agents = _read(folder, "account_authorizations", ("account", "national_id"))
    agents = agents[~agents.national_id.isin(_read(folder, "employees", ("national_id",)).national_id)]
    counted = orders[["device", "account"]].dropna().drop_duplicates()
    counted = counted[counted.groupby("device").account.transform("size") >= 3]
    homes = _read(
        folder, "contact_details", ("party_id", "contact_value"), party_kind="customer", contact_kind="residence"
    )
    several = counted[~counted.account.isin(agents.account)].merge(
        accounts[~accounts.account_class.isin(_NOT_OTHERS)].dropna(subset="representative_id"), on="account"
    )
    several["home"] = several.customer_id.map(homes.groupby("party_id").contact_value.min()).fillna(several.customer_id)
    crowded = several.groupby(["representative_id", "device"]).home.nunique()
    crowded = crowded[crowded >= 3].reset_index()
    device = pd.DataFrame(
        {"kind": "device", "person": crowded.representative_id, "account": None, "device": crowded.device}
    )
    return pd.concat([hand, dead, device])


def lent(folder: Path) -> pd.DataFrame:
    orders, marks = _marked(folder, ("handler_id", "channel"))
    staff = _staff(folder)
    users = _users(orders, marks)
    users["accounts"] = users.groupby(["tie", "mark"]).user.transform("size")
    met = users[users.accounts <= 8].merge(marks[marks.relation.isin(("self", "spouse"))], on=["tie", "mark"])
    accounts = _accounts(folder)
    allowed = accounts[~accounts.account_class.isin(_NOT_OTHERS)].account
    met = met[
        (met.user != met.account) & met.user.isin(allowed) & (~met.user.isin(staff.account) | (met.account < met.user))
    ]
    kin = met.merge(
        staff[["person_id", "account"]], left_on=["person_id", "user"], right_on=["person_id", "account"], how="left"
    )
    met = met[kin.account_y.isna().to_numpy()][["person_id", "account", "user"]].drop_duplicates()
    own = orders.merge(staff[staff.relation == "self"], on="account")
    own = own[(own.handler_id == own.person_id) & own.channel.isin(("voice", "counter", "ordinary"))]
    own = own[["person_id", "account"]].drop_duplicates().assign(user=None)
    employees = _read(folder, "employees", ("person_id", "national_id", "left_on"))
    agents = _read(folder, "account_authorizations", ("account", "national_id")).merge(
        employees[employees.left_on.isna()], on="national_id"
    )
    agent = pd.DataFrame({"person_id": agents.person_id, "account": None, "user": agents.account})
    return pd.concat([met, own, agent])


def opposite(folder: Path) -> pd.DataFrame:
    orders, marks = _marked(folder, ("symbol", "side"))
    staff = _staff(folder)
    others = _others(folder, staff)
    found = []
    for tie in ("device", "signature"):
        near = orders[orders[tie].isin(marks[marks.tie == tie].mark)]
        mine, theirs = near.merge(staff, on="account"), near[near.account.isin(others.account)]
        met = mine.merge(theirs, on=[tie, "symbol"])
        found.append(met[met.side_x != met.side_y][["person_id", "account_x", "account_y"]])
    return pd.concat(found).drop_duplicates()


def shared_ip(folder: Path) -> pd.DataFrame:
    orders = _by_customers(folder, ("account", "client_address")).dropna().drop_duplicates()
    orders = orders[~orders.client_address.str.startswith("198.51.100.")]
    staff = _staff(folder)
    mine = orders.merge(staff, on="account")
    seen = orders[orders.client_address.isin(mine.client_address)]
    seen = seen[seen.groupby("client_address").account.transform("size") <= 8]
    met = mine.merge(seen.merge(_others(folder, staff), on="account"), on="client_address")
    died = _read(folder, "customers", ("customer_id", "died_on")).dropna().customer_id
    met = met[(met.representative_id == met.person_id) | met.customer_id.isin(died)]
    return met[["person_id", "account_x", "account_y"]].drop_duplicates()


BY_PANDAS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "credit-assessment-missing": credit,
    "order-over-limit": over_limit,
    "pre-trade-check-missing": pre_trade,
    "disposition-prepayment-missing": disposition,
    "insider-transfer-mismatch": insiders,
    "restricted-sale-unapproved": restricted,
    "special-customer-uncontrolled": special,
    "customer-account-used": customer_used,
    "insider-account-lent": lent,
    "opposite-trade-linked": opposite,
    "shared-ip": shared_ip,
}
