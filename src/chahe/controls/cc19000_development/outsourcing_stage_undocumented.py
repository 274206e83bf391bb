"""Stages of outsourced projects that were passed without their document."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.outsourced_projects import table as outsourced_projects
from chahe.evidence.project_stages import table as project_stages
from chahe.rules.citations import OUTSOURCING_STAGES_DOCUMENTED
from chahe.wording import Text

# A stage is due once a later one is on record, or the project is accepted.
_POPULATION = """
    WITH steps AS (
        SELECT * FROM (VALUES ('requirements', 1), ('design', 2), ('coding', 3), ('test', 4), ('acceptance', 5)) AS s(stage, step)
    ),
    reached AS (
        SELECT g.project_id, max(s.step) AS step FROM project_stages g JOIN steps s ON s.stage = g.stage GROUP BY g.project_id
    ),
    held AS (
        SELECT g.project_id, g.stage, min(g.row_id) AS stage_row,
               max(CASE WHEN g.stage_document IS NOT NULL AND u.value IS NULL AND g.completed_on <= :as_of THEN 3
                        WHEN g.stage_document IS NOT NULL AND u.value IS NULL THEN 2 ELSE 1 END) AS proof
        FROM project_stages g LEFT JOIN unsaid u ON u.value = lower(trim(g.stage_document))
        GROUP BY g.project_id, g.stage
    )
    SELECT p.project_id, s.stage, p.project_name, p.vendor, p.accepted_on, p.row_id AS project_row, h.stage_row,
           CASE WHEN h.proof = 3 THEN 'good' WHEN h.proof = 2 THEN 'no_day' WHEN h.proof = 1 THEN 'no_document'
                ELSE 'no_record' END AS state,
           CASE WHEN (p.accepted_on IS NULL OR p.accepted_on > :as_of) AND s.step > coalesce(r.step, 0) THEN 'not_reached'
           END AS excluded_because
    FROM outsourced_projects p
    CROSS JOIN steps s
    LEFT JOIN reached r ON r.project_id = p.project_id
    LEFT JOIN held h ON h.project_id = p.project_id AND h.stage = s.stage
"""

control = Control(
    id="outsourcing-stage-undocumented",
    title=Text("委外專案階段缺少文件", "A stage of an outsourced project lacks its document"),
    question=Text(
        "每個委外專案已進行的規劃、設計、程式撰寫、測試與驗收階段，是否都有文件與完成日期？",
        "Does every stage that an outsourced project has passed (planning, design, coding, test, acceptance) have its document and the day it was completed?",
    ),
    cites=(OUTSOURCING_STAGES_DOCUMENTED,),
    deck=("共置-方向",),
    needs=(Need(table=outsourced_projects), Need(table=project_stages, excuses=True)),
    parameters={"unsaid": UNSAID},
    blind_spots=(
        Text(
            "只看清冊所載：沒有登錄的專案看不到，文件內容是否足夠也看不出來。",
            "Only what is on the lists is seen: not projects that are not listed, nor whether a document is any good.",
        ),
        Text(
            "尚未驗收的專案，只要求已登錄的最後階段及其以前的階段。",
            "Of a project not accepted yet, only the stages up to the last one on record are asked for.",
        ),
    ),
    frame=Text("委外專案清冊中的每一個專案，逐階段查核", "every project on the list, stage by stage"),
    population=_POPULATION,
    exclusions={"not_reached": Text("尚未進行到的階段", "stages not reached yet")},
    exceptions="""
        SELECT p.project_id, p.stage, p.project_name, p.vendor, p.accepted_on, p.state AS defect, p.project_row, p.stage_row
        FROM population p WHERE p.state <> 'good'
    """,
    key=("project_id", "stage"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.MEDIUM,
    message=Text(
        "委外專案 {project_id}「{project_name}」（{vendor}，驗收 {accepted_on:date}）的{stage:choice}階段：{defect:word}",
        "outsourced project {project_id} “{project_name}” ({vendor}, accepted {accepted_on:date}), {stage:choice}: {defect:word}",
    ),
    words={
        "no_record": Text("沒有紀錄", "no record"),
        "no_document": Text("有紀錄而沒有文件", "a record without a document"),
        "no_day": Text("有文件而沒有完成日期", "a document without the day of completion"),
    },
    remedy=Text(
        "向廠商取得該階段文件並由公司確認；驗收前備齊各階段文件，缺少者不予驗收。",
        "Get the stage's document from the vendor and confirm it; accept nothing before the documents of all stages are there.",
    ),
    margin=None,
)
