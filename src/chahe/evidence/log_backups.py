"""Backups of logs: which days of which device, on what medium, with how many records, and how long they are kept."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="log_backups",
    heading="日誌備份紀錄",
    row=Text("一部設備一段日期的一份日誌備份", "one backup of one device's log over some days"),
    shape=Shape.REGISTER,
    key=("backup_id",),
    stale_after_months=3,
    columns=(
        Column(
            "backup_id",
            Kind.TEXT,
            "日誌備份編號",
            Text("備份的編號", "number of the backup"),
            required=True,
            also=("備份編號",),
        ),
        Column(
            "device",
            Kind.NAME,
            "設備名稱",
            Text("日誌中的設備名稱", "the device, as its log names it"),
            required=True,
            naming=Naming.HOST,
        ),
        Column("covers_from", Kind.DATE, "備份期間起", Text("備份的第一天", "first day of the log backed up")),
        Column("covers_until", Kind.DATE, "備份期間迄", Text("備份的最後一天", "last day of the log backed up")),
        Column(
            "medium",
            Kind.TEXT,
            "備份媒體",
            Text("磁帶、異地儲存等；與原日誌不同的媒體", "tape, storage elsewhere: another medium than the log's own"),
        ),
        Column("records", Kind.INTEGER, "備份筆數", Text("備份的紀錄筆數", "number of records backed up")),
        Column(
            "log_file",
            Kind.TEXT,
            "備份日誌檔名",
            Text(
                "備份的日誌檔檔名；備份不是整個檔案者空白",
                "name of the log file that was backed up; blank where the backup is not of a whole file",
            ),
        ),
        Column(
            "digest",
            Kind.NAME,
            "備份檔摘要值",
            Text("備份檔的 SHA-256（十六進位）", "SHA-256 of the backed-up file, hexadecimal"),
            also=("備份檔 SHA-256",),
        ),
        Column("made_on", Kind.DATE, "備份日", Text("備份的日期", "day it was made")),
        Column(
            "kept_until",
            Kind.DATE,
            "備份保存至",
            Text("備份保存的最後一天；無期限則空白", "last day it is kept; blank where there is no end"),
        ),
    ),
)
