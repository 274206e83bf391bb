"""Scenarios of logs that nobody backs up or looks at, and of machine rooms that open for the wrong people; and what only looks so."""

from dataclasses import replace
from typing import Final

from chahe.simulate.cast.watch import Backup, DoorEvent, DoorRight, LogReviewer
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import ORDER_GATEWAY, SETTLEMENT, WEB_ORDER, Firm
from chahe.simulate.life.watch import HEADQUARTERS, RECOVERY, month_after
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text

_DOORS: Final = "machine-room-access-unreviewed"


def near_misses(firm: Firm, truth: Truth) -> None:
    truth.silent("firewall-log-backup", "本月的日誌，備份期限未到", device="fg-hq", happened_on=firm.as_of - 5 * DAY)
    last = max((one for one in firm.watch.backups if one.device == "fg-dr"), key=lambda one: one.ends)
    last.kept_until = months_before(last.ends, -36)
    truth.silent("firewall-log-backup", "備份恰保存到三年後當日", device="fg-dr", happened_on=last.ends)
    _handover(firm, truth)
    _doors(firm, truth)


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


def _first_day_left_out(firm: Firm, truth: Truth, dial: Dial) -> None:
    late = months_before(firm.as_of, dial.pick(2, [3, 4, 6])).replace(day=1)
    next(one for one in firm.watch.backups if one.device == "fg-colo" and one.begins == late).begins += DAY
    truth.planted(
        "firewall-log-backup",
        "first_day_left_out",
        "主機共置防火牆的月備份從二日起，漏了一日的日誌",
        device="fg-colo",
        happened_on=late,
    )


def _given_up_early(firm: Firm, truth: Truth, dial: Dial) -> None:
    """The day's log of its own medium, kept for less than three years."""
    month = months_before(firm.as_of, 3).replace(day=1)
    whole = next(one for one in firm.watch.backups if one.device == "asa-branch" and one.begins == month)
    day = month + dial.among(9, 4, 20) * DAY
    until = dial.day(months_before(day, -12), months_before(day, -6), months_before(day, -36) - DAY)
    alone = Backup(f"{whole.backup}-B", whole.device, day, day, "外接硬碟", month_after(day), until)
    rest = replace(whole, backup=f"{whole.backup}-C", begins=day + DAY)
    whole.ends = day - DAY
    firm.watch.backups += [alone, rest]
    told = "一年" if until == months_before(day, -12) else f"到 {until}"
    truth.planted(
        "firewall-log-backup",
        "backup_given_up_early",
        f"換磁帶那天改備份到外接硬碟，只保存{told}",
        device=whole.device,
        happened_on=day,
    )


def _reviewed_by_another(firm: Firm, truth: Truth, dial: Dial) -> None:
    clerk, count = firm.employee(people.CLERK).person, dial.whole(3, 10, 1)
    for one in [one for one in firm.watch.reviews if one.system == SETTLEMENT][-count:]:
        one.reviewer = clerk
    truth.planted(
        "audit-log-unreviewed",
        "reviewed_by_another",
        f"結算系統的稽核日誌近{in_words(count)}次由結算專員檢視，不是指派的專人",
        system=SETTLEMENT,
    )


def _reviews_stopped(firm: Firm, truth: Truth, dial: Dial) -> None:
    """The last review is from before the day."""
    told = months_before(firm.as_of, 4)
    since = dial.day(told, months_before(firm.as_of, 10), months_before(firm.as_of, 1))
    firm.watch.reviews = [one for one in firm.watch.reviews if one.system != WEB_ORDER or one.reviewed < since]
    how_long = "四個月" if since == told else f" {(firm.as_of - since).days} 天以上"
    truth.planted(
        "audit-log-unreviewed", "reviews_stopped", f"網路下單系統的稽核日誌{how_long}沒有檢視", system=WEB_ORDER
    )


def _rights_unreviewed(firm: Firm, truth: Truth, dial: Dial) -> None:
    of_room = sorted((one for one in firm.watch.door_reviews if one.room == RECOVERY), key=lambda one: one.reviewed)
    for one in of_room:
        one.reviewed = months_before(one.reviewed, 3)
    told = of_room[-1].reviewed
    last = dial.day(told, months_before(firm.as_of, 11), months_before(firm.as_of, 6) - DAY)
    of_room[-1].reviewed = last
    truth.planted(
        _DOORS,
        "rights_unreviewed",
        f"異地備援機房的門禁權限{'八個月' if last == told else f' {(firm.as_of - last).days} 天'}未審查",
        room=RECOVERY,
        person_id=None,
        happened_on=None,
    )


def _vendor_may_enter(firm: Firm, truth: Truth, _dial: Dial) -> None:
    vendor = next(one for one in firm.vendors if one.person == "V003")
    firm.watch.rights.append(DoorRight(HEADQUARTERS, vendor.person, vendor.engaged_from + 10 * DAY))
    truth.planted(
        _DOORS,
        "vendor_may_still_enter",
        "委任結束的廠商人員，機房門禁權限仍有效",
        room=HEADQUARTERS,
        person_id=vendor.person.lower(),
        happened_on=None,
    )


def _entered(firm: Firm, truth: Truth, dial: Dial) -> None:
    broker, day = firm.employee(people.LAST_BROKER), firm.as_of - dial.among(16, 12, 18) * DAY
    hour = dial.by_degree(21, (2, 21, 10))
    firm.watch.entries.append(DoorEvent(at(day, hour, 17, 5), HEADQUARTERS, broker.person))
    truth.planted(
        _DOORS,
        "entered_without_right",
        f"營業員{'夜間' if hour != 10 else ''}進入機房，沒有門禁權限",
        room=HEADQUARTERS,
        person_id=broker.person.lower(),
        happened_on=day,
    )


SCENARIOS: Final = (
    Scenario(
        "first_day_left_out",
        "firewall-log-backup",
        _first_day_left_out,
        none("那一日有備份或沒有；換的是月份", "the day is backed up or not; the month varies"),
    ),
    Scenario(
        "backup_given_up_early",
        "firewall-log-backup",
        _given_up_early,
        Text("只保存半年…差一天滿三年", "kept for half a year … a day short of three years"),
    ),
    Scenario(
        "reviewed_by_another",
        "audit-log-unreviewed",
        _reviewed_by_another,
        Text("近十次…最近一次", "the last ten … the last review only"),
    ),
    Scenario(
        "reviews_stopped",
        "audit-log-unreviewed",
        _reviews_stopped,
        Text("停了十個月…一個月又數日", "stopped ten months … little more than a month ago"),
    ),
    Scenario(
        "rights_unreviewed",
        "machine-room-access-unreviewed",
        _rights_unreviewed,
        Text("十一個月…半年又一天未審查", "unreviewed for 11 months … half a year and a day"),
    ),
    Scenario(
        "vendor_may_still_enter",
        "machine-room-access-unreviewed",
        _vendor_may_enter,
        none(
            "權限註銷或沒有；日子隨 vendor_enabled_after_end",
            "the right is withdrawn or not; the day is vendor_enabled_after_end's",
        ),
        needs=("vendor_enabled_after_end",),
    ),
    Scenario(
        "entered_without_right",
        "machine-room-access-unreviewed",
        _entered,
        Text("凌晨…上班時間進入", "at night … in working hours"),
    ),
)
