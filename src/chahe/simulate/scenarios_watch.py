"""Scenarios of logs that nobody backs up or looks at, and of machine rooms that open for the wrong people; and what only looks so."""

from dataclasses import replace

from chahe.simulate import people
from chahe.simulate.company import ORDER_GATEWAY, SETTLEMENT, WEB_ORDER, Firm
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.truth import Truth
from chahe.simulate.watch_papers import Backup, DoorEvent, DoorRight, LogReviewer
from chahe.simulate.watching import HEADQUARTERS, RECOVERY, month_after


def near_misses(firm: Firm, truth: Truth) -> None:
    truth.silent("firewall-log-backup", "本月的日誌，備份期限未到", device="fg-hq", happened_on=firm.as_of - 5 * DAY)
    last = max((one for one in firm.watch.backups if one.device == "fg-dr"), key=lambda one: one.ends)
    last.kept_until = months_before(last.ends, -36)
    truth.silent("firewall-log-backup", "備份恰保存到三年後當日", device="fg-dr", happened_on=last.ends)
    _handover(firm, truth)
    _doors(firm, truth)


def breaches(firm: Firm, truth: Truth) -> None:
    _backups(firm, truth)
    _unreviewed_logs(firm, truth)
    _open_doors(firm, truth)


def _handover(firm: Firm, truth: Truth) -> None:
    """The head of audit reviewed until the day on which he was relieved, that day included."""
    day = sorted(one.reviewed for one in firm.watch.reviews if one.system == ORDER_GATEWAY)[-7]
    chief = firm.employee(people.CHIEF_AUDITOR).person
    for one in firm.watch.reviews:
        if one.system == ORDER_GATEWAY and one.reviewed <= day:
            one.reviewer = chief
    [designated] = [one for one in firm.watch.reviewers if one.system == ORDER_GATEWAY]
    firm.watch.reviewers.append(LogReviewer(ORDER_GATEWAY, chief, designated.appointed, day))
    designated.appointed = day + DAY
    truth.silent("audit-log-unreviewed", "交接當日由原指派的專人檢視", system=ORDER_GATEWAY)


def _doors(firm: Firm, truth: Truth) -> None:
    keeper, broker = firm.employee(people.GENERAL_AFFAIRS), firm.employee(people.FOURTH_BROKER)
    last, refused = firm.as_of - 30 * DAY, firm.as_of - 20 * DAY
    firm.watch.rights.append(DoorRight(HEADQUARTERS, keeper.person, months_before(firm.as_of, 3), last))
    firm.watch.entries += [
        DoorEvent(at(last, 23, 40, 9), HEADQUARTERS, keeper.person),
        DoorEvent(at(refused, 12, 31, 44), HEADQUARTERS, broker.person, admitted=False),
    ]
    control, room = "machine-room-access-unreviewed", HEADQUARTERS
    truth.silent(control, "權限的最後一日進入，更換空調", room=room, person_id=keeper.person.lower(), happened_on=last)
    truth.silent(control, "營業員刷卡，門沒有開", room=room, person_id=broker.person.lower(), happened_on=refused)


def _backups(firm: Firm, truth: Truth) -> None:
    late = months_before(firm.as_of, 2).replace(day=1)
    next(one for one in firm.watch.backups if one.device == "fg-colo" and one.begins == late).begins += DAY
    truth.planted(
        "firewall-log-backup",
        "first_day_left_out",
        "主機共置防火牆的月備份從二日起，漏了一日的日誌",
        device="fg-colo",
        happened_on=late,
    )
    month = months_before(firm.as_of, 3).replace(day=1)
    whole = next(one for one in firm.watch.backups if one.device == "asa-branch" and one.begins == month)
    day = month + 9 * DAY
    alone = Backup(f"{whole.backup}-B", whole.device, day, day, "外接硬碟", month_after(day), months_before(day, -12))
    rest = replace(whole, backup=f"{whole.backup}-C", begins=day + DAY)
    whole.ends = day - DAY
    firm.watch.backups += [alone, rest]
    truth.planted(
        "firewall-log-backup",
        "backup_given_up_early",
        "換磁帶那天改備份到外接硬碟，只保存一年",
        device=whole.device,
        happened_on=day,
    )


def _unreviewed_logs(firm: Firm, truth: Truth) -> None:
    clerk = firm.employee(people.CLERK).person
    for one in [one for one in firm.watch.reviews if one.system == SETTLEMENT][-3:]:
        one.reviewer = clerk
    truth.planted(
        "audit-log-unreviewed",
        "reviewed_by_another",
        "結算系統的稽核日誌近三次由結算專員檢視，不是指派的專人",
        system=SETTLEMENT,
    )
    firm.watch.reviews = [
        one for one in firm.watch.reviews if one.system != WEB_ORDER or one.reviewed < months_before(firm.as_of, 4)
    ]
    truth.planted("audit-log-unreviewed", "reviews_stopped", "網路下單系統的稽核日誌四個月沒有檢視", system=WEB_ORDER)


def _open_doors(firm: Firm, truth: Truth) -> None:
    control = "machine-room-access-unreviewed"
    watch = firm.watch
    for one in watch.door_reviews:
        if one.room == RECOVERY:
            one.reviewed = months_before(one.reviewed, 3)
    truth.planted(
        control,
        "rights_unreviewed",
        "異地備援機房的門禁權限八個月未審查",
        room=RECOVERY,
        person_id=None,
        happened_on=None,
    )
    vendor = next(one for one in firm.vendors if one.person == "V003")
    watch.rights.append(DoorRight(HEADQUARTERS, vendor.person, vendor.engaged_from + 10 * DAY))
    truth.planted(
        control,
        "vendor_may_still_enter",
        "委任上個月結束的廠商人員，機房門禁權限仍有效",
        room=HEADQUARTERS,
        person_id=vendor.person.lower(),
        happened_on=None,
    )
    broker, day = firm.employee(people.LAST_BROKER), firm.as_of - 16 * DAY
    watch.entries.append(DoorEvent(at(day, 21, 17, 5), HEADQUARTERS, broker.person))
    truth.planted(
        control,
        "entered_without_right",
        "營業員夜間進入機房，沒有門禁權限",
        room=HEADQUARTERS,
        person_id=broker.person.lower(),
        happened_on=day,
    )
