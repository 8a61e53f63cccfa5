"""Pages beside the records: what the operator wrote, what litbase itself keeps, accessibility, parts of the pages."""

import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from litbase.library.branding import Written
from litbase.library.listing import KEPT_DAYS
from litbase.query.state import SearchState
from litbase.record.dates import PartialDate
from litbase.record.kinds import KINDS
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.charts import Chart, Series, Tally, stacked, tallies
from litbase.web.views.parts import Badge, Summary, badge, summary
from litbase.web.views.prose import Prose, prose

TITLES = {"about": "About", "imprint": "Imprint", "privacy": "Privacy"}


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page of the operator."""

    title: str = told("Its heading")
    prose: Prose = told("What it says")


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """What litbase itself keeps about readers."""

    has_list: bool = told("Whether readers can keep a list")
    kept_days: int = told("How many days after its last use a list is kept")
    log: str = told("What of each request is logged: off, path or query")
    limited: bool = told("Whether network addresses are counted for a while, to limit how often one asks")
    contact: str = told("Whom the settings name; empty for nobody")


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    """The accessibility statement."""

    contact: str = told("Whom the settings name; empty for nobody")
    help_url: str = told("The search help, with the keys")


@dataclass(frozen=True, slots=True)
class ComponentsPage:
    """Every part of the pages, with made-up records."""

    kinds: tuple[Badge, ...] = told("The badge of every type of record")
    records: tuple[Summary, ...] = told("A whole record, one without author and date, one without a title")
    chart: Chart | None = told("Stacked columns")
    rows: tuple[Tally, ...] = told("A list of bars")
    shades: tuple[int, ...] = told("The shades of the table of completeness")
    icons: tuple[str, ...] = told("The names of all icons")


def written_page(name: str, found: Written) -> WrittenPage:
    """The page *name* as it was written."""
    read = prose(found.text, found.markdown)
    return WrittenPage(read.title or TITLES[name], read)


def privacy_page(settings: Settings, blueprints: Container[str]) -> PrivacyPage:
    """The page for an application with those *blueprints*."""
    return PrivacyPage(
        "mylist" in blueprints, KEPT_DAYS, settings.access_log, settings.rate_limit > 0, settings.contact
    )


def accessibility_page(settings: Settings, links: Links) -> AccessibilityPage:
    """The statement."""
    return AccessibilityPage(settings.contact, links.help)


SAMPLES = (
    Record(
        id="sample-2020-whole",
        type="article-journal",
        title="A Whole Record: Every Part of It Is There",
        author=(Name(family="Sample", given="Ada"), Name(family="Person", given="Ben")),
        issued=PartialDate(year=2020),
        container_title="Journal of Samples",
        volume="12",
        page="1-20",
        collection=("eric",),
    ),
    Record(id="sample-bare", type="paper-conference", title="A Record Without Author and Date"),
    Record(
        id="sample-untitled", type="document", abstract="Words of an abstract stand in for a title that is missing."
    ),
)


def components_page(icons: Path, links: Links) -> ComponentsPage:
    """The page; *icons* is the sprite."""
    labels = KINDS[:5]
    years = [(2010 + n, tuple((n * 3 + 5 * at) % 11 for at in range(len(labels)))) for n in range(12)]
    everything = links.search(SearchState())
    return ComponentsPage(
        kinds=tuple(map(badge, KINDS)),
        records=tuple(summary(record, links) for record in SAMPLES),
        chart=stacked(years, [Series(kind.label, kind.css) for kind in labels], lambda first, last: everything),
        rows=tallies([(f"Value {n}", n * n, everything) for n in range(5, 0, -1)]),
        shades=(1, 2, 3, 4),
        icons=tuple(re.findall(r'<symbol id="([a-z0-9-]+)"', icons.read_text(encoding="utf-8"))),
    )
