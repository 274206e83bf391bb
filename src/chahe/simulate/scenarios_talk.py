"""Scenarios of words: a loss promised to be borne, trading taken over; and what only sounds like it."""

from datetime import datetime, timedelta
from typing import Final

from chahe.simulate import people
from chahe.simulate.company import Firm
from chahe.simulate.days import DAY, at, us
from chahe.simulate.talk import GROUP, said
from chahe.simulate.talk_papers import Line
from chahe.simulate.truth import Truth

_CONTROL: Final = "profit-guaranteed"
_MINUTE: Final = timedelta(minutes=1)


def near_misses(firm: Firm, truth: Truth) -> None:
    broker, clients = firm.employee(people.FOURTH_BROKER).name, firm.clientele.clients
    when = at(firm.as_of - 52 * DAY, 13, 10)
    said(firm, clients[3].name, Line(when, clients[3].name, "隔壁券商說虧損他們負責，你們可以嗎？"))
    said(firm, clients[3].name, Line(when + _MINUTE, broker, "虧損我承擔不起，公司也不能承擔，賺賠都是您自己的"))
    _silent(truth, clients[3].name, when + _MINUTE, broker, "說的是不能承擔")
    when = at(firm.as_of - 23 * DAY, 13, 20)
    said(firm, clients[15].name, Line(when, broker, "維持保證金要到三成，\n我保證金額沒算錯"))
    _silent(truth, clients[15].name, when, broker, "談的是保證金")
    when = at(firm.as_of - 40 * DAY, 12, 40)
    said(firm, GROUP, Line(when, broker, "今天的便當我保證賺，哈哈"))
    _silent(truth, GROUP, when, broker, "同事之間的玩笑")


def breaches(firm: Firm, truth: Truth) -> None:
    broker, clients = firm.employee(people.SECOND_BROKER).name, firm.clientele.clients
    when = at(firm.as_of - 91 * DAY, 13, 5)
    name = clients[13].name
    for nth, (sender, text) in enumerate(
        (
            (name, "上次申購的那檔ETF一直跌"),
            (broker, "姐你先賣掉，這檔基金虧損由我負擔"),
            (name, "真的可以這樣嗎"),
            (None, f"{broker}已收回訊息"),
        )
    ):
        said(firm, name, Line(when + nth * _MINUTE, sender, text))
    _planted(firm, truth, name, when + _MINUTE, "營業員在 LINE 表示賣出基金的虧損由其負擔，其後收回訊息")
    when = at(firm.as_of - 64 * DAY, 13, 31)
    name = clients[17].name
    said(firm, name, Line(when, name, "選擇權我真的看不懂"))
    said(firm, name, Line(when + _MINUTE, broker, "沒關係你不用看盤，我幫你操作，\n穩 赚 不 赔"))
    _planted(firm, truth, name, when + _MINUTE, "營業員表示代為操作選擇權、穩賺不賠，並以簡體與空格規避")


def _planted(firm: Firm, truth: Truth, title: str, when: datetime, told: str) -> None:
    sender = firm.employee(people.SECOND_BROKER).name
    truth.planted(_CONTROL, "promises_on_line", told, conversation=title, said_at_us=us(when), sender=sender, number=1)


def _silent(truth: Truth, title: str, when: datetime, sender: str, why: str) -> None:
    truth.silent(_CONTROL, why, conversation=title, said_at_us=us(when), sender=sender, number=1)
