"""A finding of an audit by the beginning of its number."""

from typing import TYPE_CHECKING

from chahe.cli.screen import Failure
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.engine.record import AuditRecord, FindingRecord, ResultRecord


def find(record: "AuditRecord", finding: str, lang: Lang) -> "tuple[ResultRecord, FindingRecord]":
    """The finding and its control's result. Raises Failure where none begins so, or several do."""
    found = [(result, one) for result in record.results for one in result.findings if one.finding.startswith(finding)]
    exact = [(result, one) for result, one in found if one.finding == finding]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise Failure(
            Text(
                f"最近一次查核（基準日 {record.as_of}）沒有編號以 {finding} 開頭的缺失",
                f"no finding of the last audit (as of {record.as_of}) begins {finding}",
            ),
            lang,
        )
    listed = "\n  ".join(one.finding for _, one in found[:20])
    raise Failure(
        Text(
            f"有 {len(found)} 項缺失以 {finding} 開頭，請寫得更完整：\n  {listed}",
            f"{len(found)} findings begin {finding}; write more of it:\n  {listed}",
        ),
        lang,
    )
