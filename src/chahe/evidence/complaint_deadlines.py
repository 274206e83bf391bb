"""Which steps of the firm's own flow each complaint has to go through, and by when."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="complaint_deadlines",
    heading="申訴步驟期限",
    row=Text("一件申訴依流程應辦的一個步驟", "one step that one complaint has to go through"),
    shape=Shape.DERIVED,
    key=("complaint_id", "step"),
    personal=True,
    columns=(
        Column("complaint_id", Kind.NAME, "申訴案號", Text("案件編號", "number of the case"), required=True),
        Column(
            "step",
            Kind.TEXT,
            "申訴流程步驟",
            Text(
                "應辦的步驟；收件日不明或當時沒有流程則空白",
                "the step due; blank where the day of receipt or a flow in force then is missing",
            ),
        ),
        Column("sequence", Kind.INTEGER, "申訴步驟順序", Text("第幾步", "its place in the flow")),
        Column("timed", Kind.BOOLEAN, "有期限", Text("流程定有期限", "the flow sets a limit")),
        Column(
            "due_on",
            Kind.DATE,
            "申訴步驟期限日",
            Text(
                "最後一日；營業日為證交所辦理交割之日",
                "last day; business days are those on which the exchange settles",
            ),
        ),
        Column("flow_row", Kind.TEXT, "流程表列", Text("流程表的那一列", "the flow's row")),
    ),
)
