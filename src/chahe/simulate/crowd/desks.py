"""What the background's brokers look up and say: customers' data on duty or by a form, and chats on LINE."""

from datetime import timedelta
from random import Random
from typing import Final

import numpy as np

from chahe.simulate.cast.access import PersonalFile
from chahe.simulate.cast.chats import Chat, Line
from chahe.simulate.cast.desk import LookUp
from chahe.simulate.crowd import names
from chahe.simulate.crowd.chance import Chance
from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.reach import representatives
from chahe.simulate.days import DAY, at
from chahe.simulate.life import people
from chahe.simulate.life.chats import CUSTOMER_SAYS, STAFF_SAYS
from chahe.simulate.life.company import Firm
from chahe.simulate.life.desk import ask, look, sessions

_DAY: Final = 4 * 3600 + 1800
"""Seconds in which representatives look things up, from nine o'clock on."""
_DATA: Final = ("交易", "開戶", "集保")
_REASONS: Final = (
    ("客戶申請", "客戶申請補發交易明細", "交易"),
    ("徵信與額度作業", "調整額度前複核徵信", "徵信"),
    ("交割與違約處理", "核對交割款券差異", "集保"),
)
_STAFF_SAYS: Final = (
    "您好，上週您問的那檔法說會訂在下個月初，公司網站有公告，到時候我再把重點整理給您參考", "提醒您，這個帳戶的憑證快要到期了，請您有空時自己在手機上更新，有問題再打分機找我",
    "目前零股可以盤中交易，不過流動性比整股差，要不要掛單還是請您自己決定喔", "對帳單這個月起改寄電子郵件，如果沒有收到，請看一下垃圾信匣",
)  # fmt: skip
_CUSTOMER_SAYS: Final = (
    "我人在國外，晚一點再跟你聯絡，麻煩先把上個月的對帳單寄給我",
    "電話裡聽不太清楚，剛剛那筆到底成交了沒有",
    "這幾天都跌，我先不要動好了",
)


def ask_for(firm: Firm, members: Members) -> None:
    """A form every other trading day, with its look-up within the hour; before the story's forms are numbered."""
    for nth, day in enumerate(sessions(firm)[1::2]):
        rng = Random(f"{firm.seed} form {day}")
        seat = rng.randrange(members.came_by(day))
        kind, reason, data = _REASONS[nth % len(_REASONS)]
        form = ask(firm, at(day, 13, rng.randrange(50)), members.account(seat), kind, reason, data)
        look(firm, form, 8 + rng.randrange(45))


def spread(firm: Firm) -> None:
    """Give the story's look-ups seconds, and those without a form another moment of the day: whole minutes and hours told would tell them."""
    asked = {(one.account, one.asked) for one in firm.desk.forms}
    asked |= {(one.account, one.approved.date()) for one in firm.desk.forms if one.approved}
    for one in firm.desk.look_ups:
        rng = firm.rng(f"moment of {one.person} {one.account} {one.when} {one.data}")
        if (one.account, one.when.date()) in asked:
            one.when = one.when.replace(second=rng.randrange(60))
        else:
            one.when = at(one.when.date(), 9) + timedelta(seconds=rng.randrange(_DAY))


def look_up(firm: Firm, members: Members) -> None:
    """Representatives look at their own customers' data all day long."""
    others = members.others()
    each = max(0, firm.size.look_ups_a_day - 3)
    for day in sessions(firm):
        places, chance = np.arange(each), Chance(firm.seed, f"look-up {day}")
        seats = others[chance.below(places, int(np.searchsorted(others, members.came_by(day))))]
        columns = (
            representatives(firm, members, seats), members.accounts(seats).tolist(),
            chance.below(places + 10**9, _DAY).tolist(), chance.below(places + 2 * 10**9, len(_DATA)).tolist(),
        )  # fmt: skip
        for person, account, second, data in zip(*columns, strict=True):
            firm.desk.look_ups.append(LookUp(at(day, 9) + timedelta(seconds=second), person, str(account), _DATA[data]))


def talk(firm: Firm, members: Members) -> None:
    """Chats of brokers with customers of theirs, each in the words of an ordinary year."""
    others, known = members.others(), {chat.title for chat in firm.talk}
    seats = others[Chance(firm.seed, "chats").below(np.arange(2 * firm.size.chats), len(others))]
    called = {one.person: one.name for one in firm.employees}
    keeper = firm.employee(people.BROKERAGE).name
    for seat, person in zip(seats.tolist(), representatives(firm, members, seats), strict=True):
        corporate, customer = members.is_corporate(seat), members.customer(seat)
        name = names.name(members, seat, corporate=corporate)
        if corporate or name in known or name == called[person] or len(known) >= firm.size.chats:
            continue
        known.add(name)
        chat = Chat(f"LINE_{customer}.txt", name, (called[person],), (name,))
        _say(firm, chat, Random(f"{firm.seed} chat {customer}"))
        firm.talk.append(chat)
        firm.access.personal_files.append(PersonalFile(chat.file, "客戶管理", keeper, firm.as_of + 500 * DAY))


def _say(firm: Firm, chat: Chat, rng: Random) -> None:
    days = sorted((rng.randrange(3, 330) for _ in range(firm.size.messages_a_chat * 2 // 5)), reverse=True)
    for ago in days:
        when = at(firm.as_of - ago * DAY, 9 + rng.randrange(9), rng.randrange(50))
        chat.lines.append(Line(when, chat.customers[0], rng.choice((*CUSTOMER_SAYS, *_CUSTOMER_SAYS))))
        for _ in range(rng.randrange(1, 3)):
            when += timedelta(minutes=1 + rng.randrange(3))
            chat.lines.append(Line(when, chat.staff[0], rng.choice((*STAFF_SAYS, *_STAFF_SAYS))))
    chat.lines.sort(key=lambda one: one.when)
