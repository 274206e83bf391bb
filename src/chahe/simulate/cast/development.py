"""What a firm keeps of developing and changing programs: requests, releases, digests, and changes made in databases."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class Change:
    """One change form."""

    request: str
    system: str
    title: str
    program: str | None
    requester: str
    requested: date
    developer: str
    opinion: str | None
    approver: str | None
    approved: datetime | None
    tester: str | None
    result: str | None
    tested: date | None
    released: date | None
    released_by: str | None


@dataclass(slots=True)
class Deployment:
    deployed: datetime
    system: str
    environment: str
    deployment: str
    version: str
    request: str | None
    deployed_by: str
    outcome: str = "成功"


@dataclass(slots=True)
class DatabaseChange:
    happened: datetime
    system: str
    account: str
    database: str
    table: str
    kind: str
    command: str
    outcome: str
    rows: int


@dataclass(slots=True)
class Release:
    """An approved release of a program file."""

    system: str
    program: str
    version: str
    digest: str
    request: str | None
    approved: date | None
    approver: str | None


@dataclass(slots=True)
class Measured:
    """The digest of a program file as it was found on its host."""

    system: str
    program: str
    digest: str


@dataclass(slots=True)
class Click:
    """A link away from a page of the firm's site, and what clicking it in a browser showed."""

    page: str
    text: str
    target: str
    host: str
    shown: str
    words: str
    browser: str = "Chromium 156.0"


@dataclass(slots=True)
class Project:
    project: str
    contract: str
    vendor: str
    name: str
    accepted: date | None


@dataclass(slots=True)
class Stage:
    project: str
    stage: str
    document: str | None
    completed: date | None
    confirmed_by: str


@dataclass(slots=True)
class Component:
    """A component in a system's list of components."""

    system: str
    component: str
    version: str
    listed: datetime


@dataclass(slots=True)
class ComponentRelease:
    component: str
    version: str
    released: date


@dataclass(slots=True)
class ComponentUpdate:
    system: str
    component: str
    to_version: str
    program_version: str | None
    prepared: date | None
    deferred_until: date | None = None
    approver: str | None = None


@dataclass(slots=True)
class AppRelease:
    app: str
    platform: str
    version: str
    released: date
    important: bool


@dataclass(slots=True)
class AppTest:
    test: str
    app: str
    platform: str
    version: str
    laboratory: str
    accredited: bool
    whole: bool
    tested: date
    result: str = "通過"


@dataclass(slots=True)
class Development:
    changes: list[Change] = field(default_factory=list)
    deployments: list[Deployment] = field(default_factory=list)
    database_changes: list[DatabaseChange] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    measured: list[Measured] = field(default_factory=list)
    clicks: list[Click] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    component_releases: list[ComponentRelease] = field(default_factory=list)
    component_updates: list[ComponentUpdate] = field(default_factory=list)
    app_releases: list[AppRelease] = field(default_factory=list)
    app_tests: list[AppTest] = field(default_factory=list)
