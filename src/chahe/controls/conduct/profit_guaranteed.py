"""Messages and calls in which staff promise a customer profit, share losses or take over trading."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Tie
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.silence import MAX_LAG
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.message_days import table as message_days
from chahe.evidence.message_phrases import PHRASES
from chahe.evidence.message_phrases import table as message_phrases
from chahe.evidence.messages import table as messages
from chahe.rules.citation import Sureness
from chahe.rules.citations import NO_DISCRETIONARY_ORDERS, NO_PROFIT_GUARANTEED, NO_SHARED_GAINS_AND_LOSSES
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# A sender whose role the record does not tell is staff only where the name is one employee's and no customer's.
_POPULATION = """
    WITH names AS (
        SELECT e.name
        FROM employees e LEFT JOIN (SELECT DISTINCT name FROM customers) c ON c.name = e.name
        WHERE c.name IS NULL
        GROUP BY e.name HAVING count(DISTINCT e.person_id) = 1
    ),
    said AS (
        SELECT m.row_id AS message_row, m.conversation, m.said_at_us, m.sender, m.kind,
               coalesce(m.sender_role, CASE WHEN n.name IS NOT NULL THEN 'staff' END, 'unknown') AS role
        FROM messages m LEFT JOIN names n ON n.name = trim(m.sender)
    ),
    talks AS (
        SELECT conversation, sum(CASE WHEN role = 'staff' THEN 0 ELSE 1 END) AS others, count(DISTINCT sender) AS senders
        FROM said WHERE sender IS NOT NULL OR role IN ('customer', 'other') GROUP BY conversation
    )
    SELECT s.*,
           CASE WHEN s.said_at_us < :from_us OR s.said_at_us >= :until_end_us THEN 'outside'
                WHEN coalesce(s.kind, 'text') NOT IN ('text', 'speech', 'other') THEN 'no_words'
                WHEN s.role IN ('customer', 'other') THEN s.role
                WHEN t.others = 0 AND t.senders >= 2 THEN 'among_staff' END AS excluded_because
    FROM said s LEFT JOIN talks t ON t.conversation = s.conversation
"""
# Of a message that promises several things the gravest is shown.
_GRAVEST = """
    WITH ranked AS (
        SELECT f.*, row_number() OVER (
                   PARTITION BY f.message_row
                   ORDER BY CASE f.stance WHEN 'promised' THEN 0 ELSE 1 END,
                            CASE f.phrase WHEN 'profit_guarantee' THEN 1 WHEN 'loss_sharing' THEN 2 ELSE 3 END) AS place
        FROM message_phrases f WHERE f.phrase IN ('profit_guarantee', 'loss_sharing', 'discretionary')
    )
"""
# A channel lives from its first to its last day with many conversations, so that its growing and fading say nothing. Days without
# any record that follow one another are one silence: an outage is one, however long, and a channel of little use has many.
_SILENT = """
    lives AS (
        SELECT channel, min(day_on) AS begun_on, max(day_on) AS ended_on
        FROM message_days WHERE conversations >= :least_conversations GROUP BY channel
    ),
    lived AS (
        SELECT d.channel, d.day_on, d.conversations,
               sum(CASE WHEN d.conversations > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY d.channel ORDER BY d.day_on) AS days_before
        FROM message_days d JOIN lives l ON l.channel = d.channel
        WHERE d.day_on >= l.begun_on AND d.day_on <= l.ended_on
    ),
    regular AS (
        SELECT channel FROM lived GROUP BY channel
        HAVING 100 * count(CASE WHEN conversations >= :least_conversations THEN 1 END)
               >= :usual_share * (count(CASE WHEN conversations > 0 THEN 1 END)
                                  + count(DISTINCT CASE WHEN conversations = 0 THEN days_before END))
    ),
    loaded AS (SELECT max(CASE WHEN conversations > 0 THEN day_on END) AS last_on FROM message_days),
    seen AS (SELECT max(observed_at_us) AS observed_us FROM messages)
"""

control = Control(
    id="profit-guaranteed",
    title=Text("員工對客戶保證獲利或分擔損益", "Profit promised or losses shared"),
    question=Text(
        "員工在通訊或通話中，有沒有對客戶保證獲利、承諾分擔損益或表示代為操作？",
        "In messages or calls, did staff promise customers profit, offer to share gains or losses, or to trade for them?",
    ),
    cites=(NO_PROFIT_GUARANTEED, NO_SHARED_GAINS_AND_LOSSES, NO_DISCRETIONARY_ORDERS),
    deck=("業務案一",),
    needs=(
        Need(table=message_phrases),
        Need(table=message_days),
        Need(table=messages),
        Need(table=employees, optional=True),
        Need(table=customers, optional=True),
    ),
    parameters={
        "least_conversations": Parameter(
            10,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "我們的預設：一個管道在十分之九的日子有十個以上的對話有訊息，某個交易日一個都沒有，純屬偶然的機會不到百萬分之一",
                "our default: where ten conversations have messages on nine days of ten, a trading day with none happens by chance less than once in a million",
            ),
            Sureness.UNCONFIRMED,
        ),
        "usual_share": Parameter(
            90,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "百分之九十：這麼多的日子達到上述對話數的管道才看得出缺日；連續缺的日子算一次；我們的預設",
                "per cent of days with as many, from which a channel's missing days are told; days missing one after another count once; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "max_lag": MAX_LAG,
    },
    blind_spots=(
        Text(
            "依字詞與句型判讀：沒有列入的說法（測試中換一位作者寫的承諾約認得三分之一）、圖片、貼圖與語音訊息看不到；反話、玩笑可能誤列，請看前後文。沒查到不表示沒說過，請另行抽聽、抽看。辨識率見 docs/decisions/0026。",
            "Read by words and their order: wordings not listed (of promises written by another author the test finds about a third), pictures, stickers and voice messages are not seen; irony and jokes may be listed, so read the context. Nothing found does not mean nothing promised: read and listen to samples besides. docs/decisions/0026 states how much is found.",
        ),
        Text(
            "只看得到載入的對話；私人帳號、已刪除或收回的訊息看不到。客戶轉述員工說過的話不列。",
            "Only conversations that were loaded are seen: no private accounts, nothing deleted or taken back. What customers say that staff told them is not listed.",
        ),
        Text(
            "整個交易日沒有紀錄，只有天天有許多對話的管道才認得出是缺漏；往來少的管道、管道啟用前與停用後、只缺部分對話的日子看不出來，請以通訊備存系統的每日筆數核對。交易日曆未列的臨時休市日也會列為缺漏。",
            "A trading day without any record is told as missing only of a channel with many conversations every day: not of one of little use, before a channel began or after it ended, nor where some conversations are missing. Hold the archive's own count of each day against what was loaded. A day that closed at short notice and is not in the calendar counts as missing, too.",
        ),
        Text(
            "未註明發話人身分時，僅姓名與唯一一位員工相同且不與客戶同名者視為員工；其餘無法判斷。",
            "Where the record does not say who speaks, only a name that is one employee's and no customer's is taken for staff; all else stays undetermined.",
        ),
    ),
    frame=Text(
        "查核期間載入的對話中，員工或身分不明者的每一則訊息或一段話",
        "every message or passage of speech of staff, or of somebody unknown, in the conversations of the period",
    ),
    population=_POPULATION,
    exclusions={
        "outside": Text("查核期間以外的訊息", "messages outside the period"),
        "no_words": Text("貼圖、照片、通話等沒有文字的訊息", "stickers, pictures, calls and others without words"),
        "customer": Text("客戶的訊息", "messages of customers"),
        "other": Text("員工與客戶以外的人", "messages of others"),
        "among_staff": Text("只有員工的對話", "conversations of staff alone"),
    },
    exceptions=f"""
        {_GRAVEST}
        SELECT p.conversation, p.said_at_us, p.sender, r.number, r.phrase, r.quote, r.context,
               CASE WHEN r.taken_back THEN 'taken_back' ELSE 'left' END AS afterwards,
               p.message_row, r.earlier_row, r.later_row
        FROM population p JOIN ranked r ON r.message_row = p.message_row
        WHERE r.place = 1 AND r.stance = 'promised' AND p.role = 'staff'
    """,
    undetermined=f"""
        {_GRAVEST}, {_SILENT}
        SELECT p.conversation, p.said_at_us, p.sender, r.number,
               CASE WHEN p.role = 'staff' THEN 'unclear' ELSE 'speaker' END AS why,
               CAST(NULL AS VARCHAR) AS channel, CAST(NULL AS DATE) AS silent_on, CAST(NULL AS DATE) AS silent_until_on
        FROM population p JOIN ranked r ON r.message_row = p.message_row
        WHERE r.place = 1 AND (CASE WHEN r.stance = 'promised' THEN 'unknown' ELSE 'staff' END) = p.role
        UNION ALL
        SELECT NULL, date_diff('day', DATE '1970-01-01', min(l.day_on)) * 86400000000 - 28800000000, NULL, NULL, 'no_day',
               l.channel, min(l.day_on), max(l.day_on)
        FROM lived l JOIN regular r ON r.channel = l.channel
        WHERE l.conversations = 0 AND l.day_on >= :from AND l.day_on <= :until
        GROUP BY l.channel, l.days_before
        UNION ALL
        SELECT NULL, NULL, NULL, NULL, 'not_loaded', NULL, l.last_on, :until
        FROM loaded l CROSS JOIN seen s
        WHERE s.observed_us < :until_end_us - :max_lag * 86400000000
           OR (date_diff('day', l.last_on, :until) > :max_lag AND EXISTS (SELECT 1 FROM regular))
    """,
    unclear={
        "no_day": Text(
            "平日天天有許多對話的管道，在交易日整日沒有任何紀錄；請補上備存的紀錄，或查明當日為何沒有往來",
            "a channel with many conversations every day holds no record at all of a trading day; load what the archive has, or find out why nobody spoke",
        ),
        "not_loaded": Text(
            "最後一次載入的訊息距查核期末過久，其後說了什麼無從得知；請載入最近的紀錄，或縮短查核期間（--until）",
            "the messages last loaded are too old to tell what was said until the period ended; load the latest, or audit a shorter period (--until)",
        ),
        "unclear": Text(
            "語意不明，請閱讀前後文判斷", "the words are not plain; read them with what stands around them"
        ),
        "speaker": Text(
            "話語是承諾，但不知道發話人是否為員工；請在來源設定 staff 與 customers",
            "the words are a promise, but whether staff said them is unknown; set `staff` and `customers` of the source",
        ),
    },
    key=("conversation", "said_at_us", "sender", "number"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{sender} 於 {said_at_us:moment} 在對話「{conversation}」{phrase:word}：「{quote}」（{afterwards:word}）。前後文：{context}",
        "{sender} at {said_at_us:moment} in {conversation!r}, {phrase:word}: {quote!r} ({afterwards:word}). Around it: {context}",
    ),
    words={
        **{name: PHRASES[name] for name in ("profit_guarantee", "loss_sharing", "discretionary")},
        "taken_back": Text("其後有訊息收回", "a message was taken back behind it"),
        "left": Text("其後沒有訊息收回", "none was taken back behind it"),
    },
    remedy=Text(
        "保全完整對話與錄音，訪談員工與客戶，併查資金往來與委託；屬實者依規定處分、申報，並書面告知客戶該承諾無效。",
        "Secure the whole conversation and the recordings, interview employee and customer, and look into money and orders; where it is true, punish, report, and tell the customer in writing that the promise does not hold.",
    ),
    margin=None,
    linked=Linked(
        family=Family.WORDS,
        nodes=(
            Node(column="sender", role=Role.SPEAKER),
            Node(column="conversation", role=Role.CONVERSATION, joins=False),
        ),
        ties=(
            Tie(
                ends=(("sender",), ("conversation",)),
                what=Text("發言", "spoke"),
                told="phrase",
                rows=("message_row",),
                strength=70,
            ),
        ),
        events=(
            Event(
                column="said_at_us",
                what=Text("對客戶的承諾", "promise to a customer"),
                rows=("message_row", "earlier_row", "later_row"),
            ),
        ),
        confidence=75,
    ),
)
