"""What documents say, passage by passage: contracts, minutes, policies."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="document_passages",
    heading="文件段落",
    row=Text("文件中的一段文字", "one passage of a document"),
    shape=Shape.REGISTER,
    key=("document", "passage_number"),
    stale_after_months=12,
    columns=(
        Column(
            "document",
            Kind.TEXT,
            "文件",
            Text("文件的名稱或編號，由設定給", "name or number of the document, as set"),
            required=True,
            also=("文件名稱", "文件編號"),
        ),
        Column("title", Kind.TEXT, "文件標題", Text("文件自己的標題", "the title the document gives itself")),
        Column(
            "page",
            Kind.INTEGER,
            "頁次",
            Text("第幾頁；不知道則空白", "its page; null where unknown"),
        ),
        Column(
            "passage_number",
            Kind.INTEGER,
            "段落序",
            Text("在文件中是第幾段，從 1 起", "its number in the document, from 1"),
            required=True,
        ),
        Column(
            "text_offset",
            Kind.INTEGER,
            "起始字元",
            Text(
                "第一個字在全文中的位置，從 0 起；全文是各段以換行相連",
                "where its first character stands in the whole text, from 0; that is all passages joined by line ends",
            ),
            required=True,
        ),
        Column(
            "kind",
            Kind.CHOICE,
            "段落種類",
            Text("是標題、內文、表格等", "heading, paragraph, table cell and so on"),
            required=True,
            choices={
                "heading": Text("標題", "heading"),
                "paragraph": Text("內文", "paragraph"),
                "table_cell": Text("表格儲存格", "table cell"),
                "footnote": Text("註腳", "footnote"),
                "header": Text("頁首", "header"),
                "footer": Text("頁尾", "footer"),
                "text_box": Text("文字方塊", "text box"),
                "comment": Text("註解", "comment"),
            },
        ),
        Column("heading", Kind.TEXT, "所屬標題", Text("上方最近的標題", "the nearest heading above it")),
        Column(
            "text",
            Kind.TEXT,
            "段落文字",
            Text(
                "看得到的文字；追蹤修訂中已刪除的、隱藏的不算；整段都如此則空白",
                "the text that is seen: nothing deleted by tracked changes, nothing hidden; null where all of it is",
            ),
            also=("條文內容",),
        ),
        Column(
            "inserted_text",
            Kind.TEXT,
            "修訂插入文字",
            Text("追蹤修訂中插入、尚未接受的文字", "text inserted by tracked changes not yet accepted"),
        ),
        Column(
            "deleted_text",
            Kind.TEXT,
            "修訂刪除文字",
            Text("追蹤修訂中刪除、尚未接受的文字", "text deleted by tracked changes not yet accepted"),
        ),
        Column(
            "hidden_text",
            Kind.TEXT,
            "隱藏文字",
            Text("標為隱藏、印出來看不到的文字", "text marked as hidden, which no print shows"),
        ),
    ),
)
