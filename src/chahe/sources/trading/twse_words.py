"""What the exchange's order and execution files say to people, and how their lines are told. No reader of its own."""

import re

from chahe.sources.model import Head, Match, Setting
from chahe.wording import Text

SESSION = Setting(
    "session",
    Text("紀錄的連線名稱，用於涵蓋計算；不設則為 twse", "the name coverage is counted by; `twse` where not set"),
)
REASONS = {
    "blank": Text("空白行", "blank line"),
    "length": Text(
        "這一行的長度不是交易所公布的紀錄長度；請確認檔案沒有被截斷、轉碼或加上欄位",
        "this line is not as long as the exchange's records are; check that the file was not cut, converted or added to",
    ),
    "field": Text(
        "此欄的值不在交易所公布的格式內；請確認紀錄是否遭改寫，或交易所已修改格式",
        "the exchange's format does not know this value; check whether the record was altered, or the format revised",
    ),
    "disagree": Text(
        "買賣別與更改後交易代號互相矛盾（1、2、3、7 為買，4、5、6、8 為賣）；請確認紀錄是否遭改寫",
        "side and changed trade code contradict each other (1, 2, 3 and 7 buy, 4, 5, 6 and 8 sell); check whether the record was altered",
    ),
}


def recognise(head: Head, lines: re.Pattern[bytes], sort: str) -> Match | None:
    """Known when nine of ten lines or more have the fields of such a record where they should be."""
    data = head.data if head.whole else head.data[: head.data.rfind(b"\n") + 1]
    written = [line.rstrip(b"\r") for line in data.split(b"\n")[:200] if line.strip()]
    known = [len(line) for line in written if lines.fullmatch(line)]
    if not known or 10 * len(known) < 9 * len(written):
        return None
    sizes = " and ".join(str(size) for size in sorted(set(known)))
    return Match(95, f"{len(known)} of the first {len(written)} lines are TWSE's {sort} of {sizes} bytes")
