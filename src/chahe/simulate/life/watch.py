"""Backups and reviews of logs, and who may enter the machine rooms and does: as they should be, and the files they stand in."""

from dataclasses import astuple
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from chahe.simulate.cast.watch import Backup, DoorEvent, DoorReview, DoorRight, LogReview, LogReviewer
from chahe.simulate.days import DAY, days_from, months_before
from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm, work_hours

HEADQUARTERS, RECOVERY = "總公司機房", "異地備援機房"
_TAPE: Final = "LTO-8 磁帶（異地保管）"
_EVERY: Final = 28
"""Days from one review of a log to the next."""


def add_watch(firm: Firm) -> None:
    """A tape a device and month, a review of each important system's log every four weeks, doors that open for five people."""
    _backups(firm)
    _log_reviews(firm)
    _rooms(firm)


def month_after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def _backups(firm: Firm) -> None:
    """Each month is backed up on the first day of the next."""
    for wall in firm.firewalls:
        begins = months_before(firm.as_of, 48).replace(day=1)
        begins = max(begins, wall.in_service)
        while month_after(begins) <= firm.as_of:
            made = month_after(begins)
            firm.watch.backups.append(
                Backup(
                    f"BK-{wall.device}-{made - DAY:%Y%m}",
                    wall.device,
                    begins,
                    made - DAY,
                    _TAPE,
                    made,
                    months_before(made, -60),
                )
            )
            begins = made


def _log_reviews(firm: Firm) -> None:
    reviewer = firm.employee(people.AUDITOR).person
    important = [one for one in firm.systems if one.important]
    firm.watch.reviewers = [LogReviewer(one.name, reviewer, months_before(firm.as_of, 30)) for one in important]
    for nth, system in enumerate(important, 1):
        last = firm.as_of - (4 + nth) * DAY
        for back in range(13, -1, -1):
            reviewed = last - back * _EVERY * DAY
            firm.watch.reviews.append(
                LogReview(
                    f"LR-{nth}-{14 - back:02}",
                    system.name,
                    reviewed - _EVERY * DAY,
                    reviewed - DAY,
                    reviewed,
                    reviewer,
                    "特權使用與登入失敗均已核對，無異常",
                )
            )


def _rooms(firm: Firm) -> None:
    watch = firm.watch
    keepers = (people.IT_MANAGER, people.ENGINEER, people.SECOND_ENGINEER, people.DATABASE, people.SECURITY_ENGINEER)
    granted = months_before(firm.as_of, 24)
    rng = firm.rng("doors")
    for room in (HEADQUARTERS, RECOVERY):
        for nth in keepers:
            who = firm.employee(nth)
            begins = max(granted, who.hired + 7 * DAY)
            watch.rights.append(DoorRight(room, who.person, begins))
            for day in days_from(max(begins, months_before(firm.as_of, 13)), firm.as_of):
                if day.weekday() < 5 and (day.toordinal() + 3 * nth) % (9 if room == HEADQUARTERS else 23) == 0:
                    watch.entries.append(DoorEvent(work_hours(rng, day), room, who.person))
        for number, months in ((1, 11), (2, 5)):
            watch.door_reviews.append(
                DoorReview(
                    f"DR-{number}-{room[:2]}",
                    room,
                    months_before(firm.as_of, months),
                    firm.employee(people.IT_MANAGER).person,
                    "逐人核對，均有業務需要",
                )
            )


def write_watch(firm: Firm, folder: Path) -> None:
    """Under `records/registers`, and the door system's export under `records/doors`; the logs must have been written."""
    watch = firm.watch
    registers = folder / "registers"
    write_csv(
        registers / "日誌備份紀錄.csv",
        ("日誌備份編號", "設備名稱", "備份期間起", "備份期間迄", "備份媒體", "備份筆數", "備份日", "備份保存至"),
        [
            (one.backup, one.device, one.begins, one.ends, one.medium, _records(firm, one), one.made, one.kept_until)
            for one in watch.backups
        ],
    )
    write_workbook(
        registers / "稽核日誌檢視.xlsx",
        [
            (
                "專人",
                "稽核日誌檢視專人指派表",
                ("指派系統", "檢視專人編號", "指派日", "解除指派日"),
                map(astuple, watch.reviewers),
            ),
            (
                "檢視",
                "稽核日誌檢視紀錄　稽核室",
                ("日誌檢視編號", "檢視系統", "日誌起日", "日誌迄日", "日誌檢視日", "日誌檢視人", "日誌檢視結果"),
                map(astuple, watch.reviews),
            ),
        ],
    )
    write_workbook(
        registers / "機房門禁.xlsx",
        [
            (
                "權限",
                "機房門禁權限清冊",
                ("機房名稱", "門禁人員編號", "門禁授權日", "門禁註銷日"),
                map(astuple, watch.rights),
            ),
            (
                "審查",
                "機房門禁權限審查紀錄",
                ("門禁審查編號", "審查機房", "門禁審查日", "門禁審查人", "門禁審查結果"),
                map(astuple, watch.door_reviews),
            ),
        ],
    )
    write_csv(
        folder / "doors" / "機房門禁進出紀錄.csv",
        ("進出時間", "進入機房", "進入人員編號", "准許進入"),
        map(astuple, sorted(watch.entries, key=lambda one: (one.when, one.room, one.person))),
        "utf-8-sig",
    )


def _records(firm: Firm, backup: Backup) -> int:
    length = (backup.ends - backup.begins).days + 1
    return sum(firm.watch.logged[backup.device, backup.begins + timedelta(days=nth)] for nth in range(length))
