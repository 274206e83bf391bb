"""One small specimen of every format, in our own words, for what all readers must obey."""

from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook

from evtx_file import event, evtx
from fix_message import fill, order

SECRET = "hunter2hunter2"  # noqa: S105 - a mark to look for, no password
"""Stands wherever a format has room for a password; nothing may ever show it."""


class Specimen(NamedTuple):
    """A file: its name and its bytes, which give at least one row."""

    name: str
    data: bytes


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "清冊"
    for row in (("設備名稱", "啟用日"), ("fg-1", "115/01/02"), ("fg-2", "2026-02-30")):
        sheet.append(row)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


_SSH = "Mar  3 04:05:06 db1 sshd[811]: "
_NESSUS = """<?xml version="1.0"?><NessusClientData_v2><Report name="Quarterly">
<ReportHost name="trade01"><HostProperties><tag name="host-ip">192.0.2.10</tag>
<tag name="HOST_START">Wed Mar 23 14:31:51 2022</tag><tag name="HOST_END">Wed Mar 23 15:07:52 2022</tag></HostProperties>
<ReportItem port="161" protocol="udp" severity="3" pluginID="41028" pluginName="SNMP"><risk_factor>High</risk_factor></ReportItem>
</ReportHost></Report></NessusClientData_v2>
"""
_OPENVAS = """<report id="o"><report id="i"><gmp><version>22.6</version></gmp><scan_run_status>Done</scan_run_status>
<scan_start>2026-03-02T09:00:00+08:00</scan_start><results><result id="r"><name>Weak</name><host>192.0.2.7</host><port>443/tcp</port>
<nvt oid="1.3.6.1.4.1.25623.1.0.117274"><name>Weak</name></nvt><threat>Medium</threat><severity>5.9</severity></result></results>
<host><ip>192.0.2.7</ip><start>2026-03-02T01:05:00Z</start><end>2026-03-02T01:40:00Z</end></host>
<scan_end>2026-03-02T02:30:00Z</scan_end></report></report>
"""
_EVENT = """<Events><Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>
<Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4625</EventID>
<TimeCreated SystemTime='2026-03-02T01:02:03.1234567Z'/><Computer>dc01.broker.example</Computer></System>
<EventData><Data Name='TargetUserName'>wang.mei</Data><Data Name='LogonType'>3</Data></EventData></Event></Events>
"""
_TEXTS: Mapping[str, tuple[str, str]] = {
    "ad_ldif": (
        "users.ldif",
        (
            "dn: CN=trader1,CN=Users,DC=corp,DC=example\nobjectClass: user\nsAMAccountName: trader1\nuserAccountControl: 512\n"
            f"pwdLastSet: 134170000000000000\nwhenCreated: 20260304012345.0Z\ninfo: {SECRET}\nuserPassword: {SECRET}\n\n"
            "dn: CN=PC7,CN=Computers,DC=corp,DC=example\nobjectClass: computer\nsAMAccountName: PC7$\nuserAccountControl: 4096\n"
        ),
    ),
    "chage": (
        "trader1.txt",
        (
            "trader1\nLast password change\t\t: Mar 04, 2026\nPassword expires\t\t: never\nPassword inactive\t\t: never\n"
            "Account expires\t\t: never\nMinimum number of days between password change\t\t: 0\n"
            "Maximum number of days between password change\t\t: 90\n"
            "Number of days of warning before password expires\t: 7\n"
        ),
    ),
    "cisco_asa": (
        "asa.log",
        (
            "<166>Mar 03 2026 04:05:06 fw1 : %ASA-6-302013: Built outbound TCP connection 81 for outside:192.0.2.9/443 "
            "(192.0.2.9/443) to inside:10.1.1.7/50123 (203.0.113.4/50123)\n"
            'Mar  3 04:05:06 fw1 %ASA-4-106023: Deny tcp src outside:192.0.2.9/4711 dst dmz:10.9.0.3/22 by access-group "e" [0x0, 0x0]\n'
        ),
    ),
    "etc_group": ("group", "root:x:0:\nwheel:x:10:ops1,ops2\nmail:x:12:postfix\n"),
    "etc_passwd": ("passwd", f"root:x:0:0:root:/root:/bin/bash\ntoor:{SECRET}:0:0:second root:/root:/bin/sh\n"),
    "etc_shadow": ("shadow", f"root:$6$salt${SECRET}:19783:0:90:7:30::\ndaemon:*:19000:0:99999:7:::\n"),
    "fortigate": (
        "fg.log",
        (
            '<189>date=2026-11-22 time=09:00:00 devname="FG-1" devid="FG100E1" eventtime=1795309200123456789 tz="+0800" '
            'logid="0000000013" type="traffic" subtype="forward" srcip=10.1.2.3 srcport=50100 dstip=192.0.2.7 dstport=443 proto=6 '
            'action="close" policyid=7 sentbyte=920 rcvdbyte=4100\n'
            "CEF:0|Fortinet|Fortigate|v7.4.9|00013|traffic:forward deny|3|deviceExternalId=FG100E1 FTNTFGTeventtime=1795309200 "
            "cat=traffic:forward src=10.1.2.3 dst=192.0.2.7 act=deny\n"
        ),
    ),
    "linux_auth": (
        "auth.log",
        (
            f"{_SSH}Accepted publickey for mei from 192.0.2.7 port 50022 ssh2: ED25519 SHA256:q1w2e3\n"
            f"{_SSH}pam_unix(sshd:session): session opened for user mei(uid=1001) by (uid=0)\n"
            "Mar  3 04:06:10 db1 sudo:      mei : TTY=pts/0 ; PWD=/home/mei ; USER=root ; COMMAND=/usr/bin/id\n"
        ),
    ),
    "login_defs": ("login.defs", "# defaults\nPASS_MAX_DAYS   90\nPASS_MIN_LEN    8\nUID_MIN 1000\n"),
    "nessus": ("scan.nessus", _NESSUS),
    "net_accounts": (
        "net.txt",
        (
            "Minimum password age (days):                          1\nMaximum password age (days):                          42\n"
            "Minimum password length:                              7\nLockout threshold:                                    Never\n"
            "The command completed successfully.\n"
        ),
    ),
    "net_user": (
        "user.txt",
        (
            f"User name                    trader1\nFull Name                    Trader One\nComment                      {SECRET}\n"
            f"使用者的註解             {SECRET}\nAccount active               Yes\nAccount expires              Never\n\n"
            "Password last set            3/5/2026 12:48:36 AM\nPassword required            Yes\n"
            "Last logon                   11/20/2026 3:38:56 PM\n\nLocal Group Memberships      *Administrators       *Users\n"
            "Global Group memberships     *None\nThe command completed successfully.\n"
        ),
    ),
    "openvas": ("report.xml", _OPENVAS),
    "pam_policy": (
        "system-auth",
        (
            "password  requisite   pam_pwquality.so retry=3 minlen=8 dcredit=-1\n"
            "auth      required    pam_faillock.so preauth deny=5 unlock_time=900\n"
        ),
    ),
    "query_rows": (
        "answer.jsonl",
        (
            '{"chahe":"query rows","version":1,"source":"postgresql://audit@hr/hr","query":"SELECT 1","columns":["員工編號","到職日"]}\n'
            '["e001","2026-01-02"]\n["e002","2026-02-30"]\n'
        ),
    ),
    "register_csv": ("people.csv", "員工編號*,姓名,到職日,離職日\ne001,王小明,115/01/02,\ne002,林小美,115/02/30,\n"),
    "windows_event_xml": ("events.xml", _EVENT),
}
SPECIMENS: Mapping[str, Specimen] = {
    **{reader: Specimen(name, text.encode()) for reader, (name, text) in _TEXTS.items()},
    "fix_log": Specimen("orders.log", order() + b"\n" + order(t554=SECRET) + b"\n" + fill() + b"\n"),
    "register_xlsx": Specimen("firewalls.xlsx", _workbook()),
    "secedit_inf": Specimen(
        "policy.inf",
        "[Unicode]\r\nUnicode=yes\r\n[System Access]\r\nMinimumPasswordLength = 7\r\nMaximumPasswordAge = 42\r\n".encode(
            "utf-16"
        ),
    ),
    "windows_evtx": Specimen(
        "Security.evtx",
        evtx([event(4624, {"TargetUserName": "wang.mei", "LogonType": "2"}), event(4688, {"NewProcessName": "a.exe"})]),
    ),
}
"""By reader. Each has its reader's name as key; a new reader brings its own."""
