"""Scenarios of words: a loss promised to be borne, trading taken over; and what only sounds like it."""

from datetime import datetime, timedelta
from typing import Final

from chahe.simulate.cast.chats import Line
from chahe.simulate.days import DAY, at, us
from chahe.simulate.life import people
from chahe.simulate.life.chats import GROUP, moment_of_talk, said
from chahe.simulate.life.company import Firm
from chahe.simulate.scenarios.scenario import Dial, Scenario
from chahe.simulate.truth import Truth
from chahe.wording import Text

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


_LOSSES: Final = (
    "姐我保證，這檔基金虧損由我負擔", "姐你先賣掉，這檔基金虧損由我負擔", "姐你先賣掉，賠了都算我的", "姐你先賣掉，亏损由我负担",
    "姐你先賣掉，虧 損 由 我 負 擔",
)  # fmt: skip
_TAKEN_OVER: Final = (
    "沒關係你不用看盤，我幫你操作，保證獲利", "沒關係你不用看盤，我幫你操作，\n穩 赚 不 赔", "寶證獲利，放心", "ㄅㄠˇ證賺啦",
)  # fmt: skip
"""What is said, from plain words to evasive spellings."""


def _loss_borne(firm: Firm, truth: Truth, dial: Dial) -> None:
    broker, name = firm.employee(people.SECOND_BROKER).name, firm.clientele.clients[13].name
    when = moment_of_talk(firm, at(firm.as_of - dial.among(91, 80, 120) * DAY, 13, 5), "a loss borne")
    text = dial.by_degree(_LOSSES[1], _LOSSES)
    for nth, (sender, told) in enumerate(
        (
            (name, "上次申購的那檔ETF一直跌"),
            (broker, text),
            (name, "真的可以這樣嗎"),
            (None, f"{broker}已收回訊息"),
        )
    ):
        said(firm, name, Line(when + nth * _MINUTE, sender, told))
    _planted(firm, truth, name, when + _MINUTE, "營業員在 LINE 表示賣出基金的虧損由其負擔，其後收回訊息")


def _taken_over(firm: Firm, truth: Truth, dial: Dial) -> None:
    broker, name = firm.employee(people.SECOND_BROKER).name, firm.clientele.clients[17].name
    when = moment_of_talk(firm, at(firm.as_of - dial.among(64, 60, 75) * DAY, 13, 31), "an account taken over")
    said(firm, name, Line(when, name, "選擇權我真的看不懂"))
    text = dial.by_degree(_TAKEN_OVER[1], _TAKEN_OVER)
    said(firm, name, Line(when + _MINUTE, broker, text))
    told = "營業員表示代為操作選擇權、穩賺不賠，並以簡體與空格規避"
    _planted(
        firm, truth, name, when + _MINUTE, told if text == _TAKEN_OVER[1] else "營業員保證獲利", "taken_over_on_line"
    )


def _planted(
    firm: Firm, truth: Truth, title: str, when: datetime, told: str, scenario: str = "promises_on_line"
) -> None:
    sender = firm.employee(people.SECOND_BROKER).name
    truth.planted(_CONTROL, scenario, told, conversation=title, said_at_us=us(when), sender=sender, number=1)


def _silent(truth: Truth, title: str, when: datetime, sender: str, why: str) -> None:
    truth.silent(_CONTROL, why, conversation=title, said_at_us=us(when), sender=sender, number=1)


SCENARIOS: Final = (
    Scenario(
        "promises_on_line",
        "profit-guaranteed",
        _loss_borne,
        Text("明白說…簡體、空格規避", "in plain words … in simplified letters or with blanks"),
    ),
    Scenario(
        "taken_over_on_line",
        "profit-guaranteed",
        _taken_over,
        Text("保證獲利…諧音、注音", "plainly … by words that sound alike, or in phonetic signs"),
    ),
)
