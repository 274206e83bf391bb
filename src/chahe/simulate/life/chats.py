"""Chats on LINE between brokers and customers, with their everyday words, exported as LINE writes them."""

from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final

from chahe.simulate.cast.access import PersonalFile
from chahe.simulate.cast.chats import Chat, Line
from chahe.simulate.days import DAY, at
from chahe.simulate.files import write_text
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm

STAFF_SAYS: Final = (
    "早安，今天大盤開高", "您委託的單已成交", "期貨要先補保證金才能下單喔", "投資有風險，盈虧自負，請您自己評估", "股東會紀念品可以領了",
    "記得下午兩點前補足交割款到您的交割戶", "這檔除息日是下週三", "我沒辦法保證它會漲", "公司規定不能幫客戶保管存摺", "新版App可以設到價通知",
    "保證金追繳通知已寄出", "手續費折讓月底入帳", "您的風險承受度問卷要更新了", "「保證獲利」的簡訊都是詐騙，請小心",
)  # fmt: skip
CUSTOMER_SAYS: Final = (
    "好", "謝謝", "現在多少？", "這檔可以買嗎", "你能保證賺嗎", "我再想想", "幫我看一下庫存", "賠了怎麼辦", "有沒有穩賺的", "明天再說", "收到",
    "[貼圖]", "上次那檔賺一點", "股利什麼時候發",
)  # fmt: skip
_WEEKDAYS: Final = "一二三四五六日"
GROUP: Final = "經紀部同仁"


def add_talk(firm: Firm) -> None:
    """Two chats of each of two brokers with customers, and the group of their department."""
    clients = firm.clientele.clients
    for broker, places in ((people.SECOND_BROKER, (13, 17)), (people.FOURTH_BROKER, (3, 15))):
        for place in places:
            _chat(firm, broker, clients[place].name, f"LINE_{clients[place].customer}.txt")
    names = tuple(firm.employee(nth).name for nth in (people.BROKER, people.SECOND_BROKER, people.FOURTH_BROKER))
    group = Chat("LINE_經紀部.txt", GROUP, names, ())
    rng = firm.rng("group chat")
    for nth in range(20):
        when = at(firm.as_of - (200 - 9 * nth) * DAY, 12, 1 + nth)
        group.lines.append(Line(when, rng.choice(names), rng.choice(("中午吃什麼", "開會了", "收到", "報表我送了"))))
    firm.talk.append(group)
    keeper = firm.employee(people.BROKERAGE).name
    firm.access.personal_files += [
        PersonalFile(one.file, "客戶管理", keeper, firm.as_of + 500 * DAY) for one in firm.talk
    ]


def _chat(firm: Firm, broker: int, customer: str, file: str) -> None:
    rng, name = firm.rng(f"chat {file}"), firm.employee(broker).name
    chat = Chat(file, customer, (name,), (customer,))
    for ago in sorted(rng.sample(range(3, 330), 24), reverse=True):
        when = at(firm.as_of - ago * DAY, 9 + rng.randrange(4), rng.randrange(50))
        chat.lines.append(Line(when, customer, rng.choice(CUSTOMER_SAYS)))
        for _ in range(rng.randrange(1, 3)):
            when += timedelta(minutes=1 + rng.randrange(3))
            chat.lines.append(Line(when, name, rng.choice(STAFF_SAYS)))
    firm.talk.append(chat)


def moment_of_talk(firm: Firm, told: datetime, subject: str) -> datetime:
    """The moment told; where the firm has a background, one of that day at which its chats have messages, too."""
    if firm.members is None:
        return told
    rng = firm.rng(f"minute of {subject}")
    return at(told.date(), 9 + rng.randrange(9), rng.randrange(50))


def said(firm: Firm, title: str, line: Line) -> None:
    """Put a message into the chat of that title, among the others of its time."""
    chat = next(one for one in firm.talk if one.title == title)
    chat.lines.append(line)
    chat.lines.sort(key=lambda one: one.when)


def write_talk(firm: Firm, folder: Path) -> None:
    """One text a chat, as a phone exports it on the as-of day."""
    for chat in firm.talk:
        head = f"與{chat.title}的聊天記錄" if chat.customers else f"{chat.title}的聊天記錄"
        lines = [f"[LINE] {head}", f"儲存日期：{at(firm.as_of, 18, 20):%Y/%m/%d %H:%M}", ""]
        for day, held in groupby(chat.lines, key=lambda one: one.when.date()):
            lines.append(f"{day:%Y/%m/%d}（{_WEEKDAYS[day.weekday()]}）")
            lines += [_written(one) for one in held]
            lines.append("")
        write_text(folder / chat.file, "\r\n".join(lines))


def _written(line: Line) -> str:
    text = f'"{line.text}"' if "\n" in line.text else line.text
    return "\t".join([_clock(line.when), *([line.sender] if line.sender else []), text])


def _clock(when: datetime) -> str:
    """上午09:02, as a phone set to twelve hours writes it."""
    return f"{'上午' if when.hour < 12 else '下午'}{(when.hour - 1) % 12 + 1:02}:{when.minute:02}"
