"""customer-data-query-unapproved, look-up by look-up: was it on duty, else which form covers it best; and number by number of the forms."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

from twins.worlds import SPAN, Evidence, Rows, Told, at, day_of, days, names, of, seldom

from chahe.engine.casebook import AS_OF

_DAY = AS_OF - timedelta(days=30)
_NINE = at(_DAY)
_PERSON = lambda rng, tag: f"e{rng.choice((0, 0, 0, 0, 1, 2))}.{tag}"  # noqa: E731 - a value, drawn
_ACCOUNT = lambda rng, tag: f"a{rng.choice((0, 0, 0, 0, 1, 2))}.{tag}"  # noqa: E731 - a value, drawn
_CUSTOMER = lambda rng, tag: f"c{rng.choice((0, 0, 0, 1))}.{tag}"  # noqa: E731 - a value, drawn
_CLASSES = (*["trading"] * 4, *["seal"] * 4, "credit")
_NUMBER = lambda rng, tag: f"q{tag}-{rng.randrange(20)}{rng.choice(('', '', '', '甲'))}"  # noqa: E731 - a value, drawn
_APPROVER = lambda rng, tag: f"{rng.choice((*['m0'] * 8, 'm1', 'e0', 'e1'))}.{tag}"  # noqa: E731 - a value, drawn
_MOMENTS = of(*[_NINE] * 5, _NINE + 1, at(_DAY + timedelta(days=1)), at(SPAN.begin, 0), at(SPAN.begin, 0) - 1)
DRAWN = {
    "data_queries": Rows(3, 9, {
        "queried_at_us": _MOMENTS, "system": of("crm"), "person_id": _PERSON, "account": _ACCOUNT, "customer_id": seldom(_CUSTOMER, 2), "data_class": of(*_CLASSES),
        "action": of("view", "print", "export"), "request_id": seldom(_NUMBER, 5),
    }, blank=30, blanks={"account": 5, "customer_id": 0, "system": 0, "request_id": 0}),
    "query_requests": Rows(4, 12, {
        "request_id": _NUMBER, "requested_on": of(*[_DAY] * 7, _DAY + timedelta(days=1), SPAN.begin, SPAN.begin - timedelta(days=1), AS_OF, AS_OF + timedelta(days=1)),
        "reason_code": of(*["customer"] * 8, *["audit"] * 3, "authority", "litigation", "superior", "other", "other"), "reason": of(*["客戶申請"] * 9, "依主管指示", "交辦", " "), "legal_document": seldom(of("字第一號", " "), 2),
        "requester_id": _PERSON, "requester_name": of(*["王"] * 20, " "), "requester_title": of(*["專員"] * 20, " "), "account": _ACCOUNT, "customer_id": _CUSTOMER, "data_class": of(*_CLASSES),
        "executor_id": seldom(_PERSON), "for_whom_id": seldom(_PERSON), "approver_id": _APPROVER, "approved_at_us": seldom(of(_NINE, _NINE, _NINE + 1, at(_DAY, 0) - 1), 2),
        "approved_on": of(_DAY, _DAY, _DAY - timedelta(days=1), _DAY + timedelta(days=1)), "valid_until": seldom(days(_DAY), 2), "voided": of(*[False] * 8, True),
    }, blank=40, blanks={"account": 3, "customer_id": 2, "executor_id": 0, "for_whom_id": 0, "approved_at_us": 0, "reason_code": 6, "approved_on": 8}),
    "query_authorities": Rows(2, 7, {"person_id": names("m", 2), "data_class": of("all", "all", "trading", "seal"), "authority_from": days(_DAY, _DAY - timedelta(days=1)), "authority_until": seldom(days(_DAY), 3)}, blank=0),
    "trading_accounts": Rows(1, 3, {"account": _ACCOUNT, "customer_id": _CUSTOMER, "representative_id": _PERSON, "representative_from": seldom(days(_DAY), 2)}, blank=8),
    "employees": Rows(1, 3, {"person_id": _PERSON, "hired_on": seldom(days(_DAY)), "left_on": seldom(days(_DAY), 3)}, blank=12),
    "work_items": Rows(-1, 2, {"item_id": names("w", 9), "item_kind": of("service", "complaint", "audit", "batch"), "person_id": _PERSON, "account": _ACCOUNT, "customer_id": _CUSTOMER, "assigned_on": days(_DAY), "finished_on": seldom(days(_DAY), 2)}, blanks={"account": 2, "customer_id": 2}),
    "interests": Rows(-1, 2, {"person_id": lambda rng, tag: f"{rng.choice(('m0', 'e0', 'e1', 'e2'))}.{tag}", "customer_id": _CUSTOMER, "interest_kind": of("kin", "dealing"), "interest_from": days(_DAY), "interest_until": days(_DAY)}, blanks={"interest_from": 2, "interest_until": 2}),
}  # fmt: skip
ALSO = ("defect", "times", "form_id", "approver_id", "approved_day")
DEFECTS = (
    "no_request", "no_such_form", "other_person", "out_of_scope", "form_incomplete", "superiors_word", "no_document", "unapproved", "self_approved",
    "no_authority", "interested", "approved_later", "expired", "seal_copied", "left", "number_gap", "number_repeated",
)  # fmt: skip
_OPEN = ("log_incomplete", "reason_unclassed", "earlier_representative")
_VALID_DAYS = 1
_DUTY_FORMS = ("print", "export")
_SUPERIORS = ("交辦", "主管指示", "長官指示", "上級指示")


def told(evidence: Evidence) -> Told:
    said, house = Told(), _House(evidence)
    used = set()
    for look_up in _look_ups(evidence):
        form, says = house.best(look_up)
        if says == "good":
            used.add(form.request_id)
        state = house.state(look_up, says)
        if state == "good" and says != "good":
            said.leave_out("own_customer" if house.serves(look_up) else "own_task")
            continue
        said.candidates += 1
        if state in _OPEN:
            said.undetermined.append((*look_up.key, state))
        elif state != "good":
            shown = (form.request_id, form.approver_id, form.approved_day) if form else (None, None, None)
            said.exceptions.append((*look_up.key, state, len(look_up.records), *shown))
    for number in _numbers(evidence):
        _judge_number(said, evidence, number, used)
    return said


def _look_ups(evidence: Evidence) -> Iterator[SimpleNamespace]:
    """What one person looked up of one subject on one day, however many records of it there are; without a day it may be of the period."""
    whole: dict[tuple[object, ...], list[SimpleNamespace]] = defaultdict(list)
    for one in evidence.data_queries:
        if one.happened_on is None or evidence.begin <= one.happened_on <= evidence.until:
            key = (
                one.system,
                one.person_id,
                one.account,
                one.customer_id,
                one.data_class,
                one.action,
                one.happened_on,
                one.request_id,
            )
            whole[key].append(one)
    for key, records in whole.items():
        first = min((one.queried_at_us for one in records if one.queried_at_us is not None), default=None)
        _, person, account, customer, data_class, action, day, number = key
        yield SimpleNamespace(
            key=key, records=records, first_us=first, person=person, account=account, customer=customer, data_class=data_class, action=action, day=day, number=number
        )  # fmt: skip


class _House:
    """Who serves whom, who works on what, and the forms with what is wrong with each."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.accounts = {one.account: one for one in evidence.trading_accounts}
        self.employees = {one.person_id: one for one in evidence.employees}
        self.forms = [
            SimpleNamespace(
                **vars(one), holder=self.holder(one.account, one.customer_id), approved_day=day_of(one.approved_at_us) or one.approved_on,
                documented=bool((one.legal_document or "").strip()),
            )
            for one in evidence.query_requests
            if not one.voided
        ]  # fmt: skip
        self.by_number: dict[str, list[SimpleNamespace]] = defaultdict(list)
        self.by_holder: dict[object, list[SimpleNamespace]] = defaultdict(list)
        for form in self.forms:
            self.by_number[form.request_id].append(form)
            self.by_holder[form.holder].append(form)

    def holder(self, account: str | None, customer: str | None) -> str | None:
        if account in self.accounts:
            return self.accounts[account].customer_id
        return customer or (account and f"account {account}")

    def subjects(self, look_up: SimpleNamespace) -> list[SimpleNamespace]:
        """The accounts that a look-up is about."""
        if look_up.account is not None:
            return [self.accounts[look_up.account]] if look_up.account in self.accounts else []
        return [one for one in self.evidence.trading_accounts if one.customer_id == look_up.customer]

    def serves(self, look_up: SimpleNamespace) -> bool:
        return any(
            one.representative_id == look_up.person
            and (one.representative_from is None or one.representative_from <= look_up.day)
            for one in self.subjects(look_up)
            if one.representative_id is not None
        )

    def works(self, look_up: SimpleNamespace) -> bool:
        holder = self.holder(look_up.account, look_up.customer)
        return any(
            one.person_id == look_up.person
            and one.assigned_on <= look_up.day <= (one.finished_on or look_up.day)
            and (
                (one.account is not None and one.account == look_up.account)
                or (one.customer_id is not None and one.customer_id == holder)
                or (one.account is None and one.customer_id is None and one.item_kind in ("audit", "batch"))
            )
            for one in self.evidence.work_items
        )

    def interested(self, persons: set[str | None], holder: str | None, day: date) -> bool:
        return any(
            one.person_id in persons
            and one.customer_id == holder
            and (one.interest_from or day) <= day <= (one.interest_until or day)
            for one in self.evidence.interests
        )

    def state(self, look_up: SimpleNamespace, says: str) -> str:
        holder = self.holder(look_up.account, look_up.customer)
        if None in (look_up.person, look_up.day, look_up.data_class, holder):
            return "log_incomplete"
        if self._had_left(look_up):
            return "left"
        if says == "good":
            return "good"
        duty = self.serves(look_up) or self.works(look_up)
        if duty and look_up.data_class != "seal" and look_up.action not in _DUTY_FORMS:
            if self.interested({look_up.person}, holder, look_up.day):
                return "interested"
            return "log_incomplete" if look_up.action is None else "good"
        taken_over = any(
            one.representative_from and one.representative_from > look_up.day for one in self.subjects(look_up)
        )
        return "earlier_representative" if says == "no_request" and taken_over else says

    def _had_left(self, look_up: SimpleNamespace) -> bool:
        """Whoever was hired after the day of leaving is back."""
        one = self.employees.get(look_up.person)
        if one is None or one.left_on is None or one.left_on >= look_up.day:
            return False
        return one.hired_on is None or one.hired_on <= one.left_on

    def best(self, look_up: SimpleNamespace) -> tuple[SimpleNamespace | None, str]:
        """The form that covers a look-up best, and what is wrong with it; among others the newest."""
        holder = self.holder(look_up.account, look_up.customer)
        if look_up.number is not None:
            forms = self.by_number[look_up.number]
        else:
            whole = None not in (holder, look_up.person, look_up.data_class)
            forms = [
                one for one in self.by_holder[holder]
                if whole and one.data_class == look_up.data_class and look_up.person in (one.requester_id, one.executor_id)
            ]  # fmt: skip
        if not forms:
            return None, "no_request" if look_up.number is None else "no_such_form"
        told = [(form, self._says(look_up, holder, form)) for form in forms]
        ranks = {"good": 0, "log_incomplete": 1, "reason_unclassed": 2, "out_of_scope": 4}
        return min(
            told,
            key=lambda one: (
                ranks.get(one[1], 3),
                -(one[0].requested_on or date(1900, 1, 1)).toordinal(),
                one[0].row_id,
            ),
        )

    def _says(self, look_up: SimpleNamespace, holder: str | None, form: SimpleNamespace) -> str:
        pairs = ((holder, form.holder), (look_up.account, form.account), (look_up.data_class, form.data_class))
        flaw = self.flaw(form)
        if look_up.person is None or look_up.person not in (form.requester_id, form.executor_id):
            return "other_person"
        if any(None not in pair and pair[0] != pair[1] for pair in pairs):
            return "out_of_scope"
        if flaw:
            return flaw
        return (
            _in_time(look_up, form)
            or _of_seals(look_up, form)
            or ("log_incomplete" if look_up.account is None and form.account is not None else "good")
        )

    def flaw(self, form: SimpleNamespace) -> str | None:
        """What is wrong with a form, whoever uses it."""
        texts = (form.reason, form.requester_name, form.requester_title)
        if form.requested_on is None or form.requester_id is None or not all(text and text.strip() for text in texts):
            return "form_incomplete"
        if form.reason_code == "superior" or (
            form.reason_code in (None, "other") and any(word in form.reason for word in _SUPERIORS)
        ):
            return "superiors_word"
        if form.reason_code in ("authority", "litigation") and not form.documented:
            return "no_document"
        return self._approval(form) or (
            "reason_unclassed" if form.reason_code is None and not form.documented else None
        )

    def _approval(self, form: SimpleNamespace) -> str | None:
        if form.approver_id is None or form.approved_day is None:
            return "unapproved"
        if form.approver_id in (form.requester_id, form.executor_id):
            return "self_approved"
        day = form.approved_day
        if not any(
            one.person_id == form.approver_id
            and one.data_class in ("all", form.data_class)
            and one.authority_from <= day <= (one.authority_until or day)
            for one in self.evidence.query_authorities
        ):
            return "no_authority"
        named = {form.requester_id, form.executor_id, form.for_whom_id, form.approver_id} - {None}
        return "interested" if self.interested(named, form.holder, day) else None


def _in_time(look_up: SimpleNamespace, form: SimpleNamespace) -> str | None:
    if look_up.day is None:
        return None
    late = (
        form.approved_at_us > look_up.first_us if form.approved_at_us is not None else form.approved_day > look_up.day
    )
    if late or form.requested_on > look_up.day:
        return "approved_later"
    return "expired" if look_up.day > (form.valid_until or form.approved_day + timedelta(days=_VALID_DAYS)) else None


def _of_seals(look_up: SimpleNamespace, form: SimpleNamespace) -> str | None:
    if look_up.data_class != "seal":
        return None
    if look_up.action in ("print", "export") and form.reason_code != "audit":
        return "seal_copied"
    return "log_incomplete" if look_up.action is None else None


def _numbers(evidence: Evidence) -> Iterator[SimpleNamespace]:
    """The numbers of all forms, cancelled ones too, each with the one before it in its book."""
    forms: dict[str, list[SimpleNamespace]] = defaultdict(list)
    for one in evidence.query_requests:
        forms[one.request_id].append(one)
    books: dict[tuple[str, str], list[SimpleNamespace]] = defaultdict(list)
    for name, listed in forms.items():
        head, digits, tail = re.fullmatch(r"(.*?)(\d+)(\D*)", name).groups()
        dates = {one.requested_on for one in listed} - {None}
        askers = {one.requester_id for one in listed} - {None}
        books[head, tail].append(
            SimpleNamespace(
                name=name, number=int(digits), day=min(dates, default=None), repeated=len(askers) > 1 or len(dates) > 1
            )
        )
    for book in books.values():
        book.sort(key=lambda one: one.number)
        for before, one in zip([None, *book], book, strict=False):
            one.gap = before is not None and one.number > before.number + 1
            yield one


def _judge_number(said: Told, evidence: Evidence, number: SimpleNamespace, used: set[str]) -> None:
    if number.day is not None and number.day < evidence.begin:
        said.leave_out("before")
    elif number.day is not None and number.day > evidence.as_of:
        said.leave_out("after")
    elif number.name not in used and not number.repeated and not number.gap:
        said.leave_out("unused")
    else:
        said.candidates += 1
        state = "number_repeated" if number.repeated else "number_gap" if number.gap else None
        if state:
            said.exceptions.append((*[None] * 6, number.day, number.name, state, None, None, None, None))
