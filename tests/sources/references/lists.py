"""Lists of references in the styles people write them in, and writers of known works in five of them."""

from typing import Any, NamedTuple

APA = (
    "Hattie, J., & Timperley, H. (2007). The power of feedback. Review of Educational Research, 77(1), 81–112. "
    "https://doi.org/10.3102/003465430298487",
    "van Veen, K., Zwart, R., & Meirink, J. (2012). What makes development effective? In M. Kooy & K. van Veen (Eds.), "
    "Teacher learning that matters (pp. 3-21). New York: Routledge.",
    "European Commission. (2013). Supporting teachers. Brussels: European Commission.",
    "Fullan, M. (2016). The new meaning of educational change (5th ed.). Teachers College Press.",
)
MLA = (
    'Smith, John. "A Room of One Kind." Journal of Rooms, vol. 12, no. 3, 2001, pp. 45-67.',
    "Roe, Ann, and Edgar Poe. Houses and Their Doors. Oxford UP, 2010.",
    'Brown, Chris. "On Windows." Light and Glass, edited by Mary Pane, Penguin, 1999, pp. 3-9.',
    "———. Walls. Beacon Press, 2004.",
)
VANCOUVER = (
    "Smith JP, Brown K. Rooms and health in schools. J Rooms. 2010;12(3):1-9.",
    "Roe A, Poe E, Moe K, et al. Windows for teachers: a randomized trial. Lancet. 2012;380(9856):1847-57.",
    "World Health Organization. Global report on rooms. Geneva: WHO; 2015.",
)
IEEE = (
    'J. Smith and A. Roe, "Doors that learn," IEEE Trans. Rooms, vol. 3, no. 2, pp. 12–19, Mar. 2004.',
    "K. Moe, Windows, 2nd ed. New York, NY, USA: Wiley, 2010.",
    'E. Poe, "Ravens," in Proc. 3rd Int. Conf. Birds, Boston, MA, 2001, pp. 1–4.',
)
CHICAGO = (
    "Fullan, Michael G. 2007. The New Meaning of Change. 4th ed. New York: Teachers College Press.",
    "Brown, Chris, and Cindy Poortman. 2018. “Networks for Learning.” Journal of Educational Change 19 (2): 120–45.",
    "Roe, Ann. 1999. “Rooms.” In Houses, edited by Edgar Poe, 3–9. Oxford: Acme Press.",
)
HARVARD = (
    "Ball, S. J. and Maguire, M. (2012) How Schools Do Policy, London: Routledge.",
    "Roe, A. (2011) ‘Doors’, Journal of Doors, 24(1), pp. 80–91.",
    "OECD (2016) Schools that learn. Available at: http://www.oecd.org/school/x.pdf (Accessed: 25 July 2016).",
)
GERMAN = (
    "Terhart, E. (2011): Lehrerberuf und Professionalität. In: Zeitschrift für Pädagogik, 57. Beiheft, S. 202–224.",
    "Helmke, A. & Weinert, F. E. (1997): Bedingungsfaktoren schulischer Leistungen. In: F. E. Weinert (Hrsg.): "
    "Psychologie des Unterrichts und der Schule. Göttingen: Hogrefe, S. 71–176.",
    "Meyer, H. (2004): Was ist guter Unterricht? 3. Aufl. Berlin: Cornelsen.",
)
STYLES = {
    "apa": APA, "mla": MLA, "vancouver": VANCOUVER, "ieee": IEEE, "chicago": CHICAGO, "harvard": HARVARD,
    "german": GERMAN,
}  # fmt: skip


class Work(NamedTuple):
    """A known article."""

    authors: tuple[tuple[str, str], ...]
    year: int
    title: str
    journal: str
    volume: int
    issue: int
    first: int
    last: int


def _initials(given: str, dot: str = ". ") -> str:
    return dot.join(name[0] for name in given.split()) + dot.strip()


def _list(names: list[str], last: str) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + last + names[-1]


def apa(work: Work) -> str:
    names = _list([f"{family}, {_initials(given)}" for family, given in work.authors], ", & ")
    return (
        f"{names} ({work.year}). {work.title}. {work.journal}, {work.volume}({work.issue}), {work.first}–{work.last}."
    )


def harvard(work: Work) -> str:
    names = _list([f"{family}, {_initials(given, '.')}" for family, given in work.authors], " and ")
    place = f"{work.volume}({work.issue}), pp. {work.first}-{work.last}"
    return f"{names} ({work.year}) ‘{work.title}’, {work.journal}, {place}."


def chicago(work: Work) -> str:
    (family, given), *others = work.authors
    names = _list([f"{family}, {given}", *(f"{given} {family}" for family, given in others)], ", and ")
    place = f"{work.volume} ({work.issue}): {work.first}–{work.last}"
    return f"{names}. {work.year}. “{work.title}.” {work.journal} {place}."


def vancouver(work: Work) -> str:
    names = ", ".join(f"{family} {_initials(given, '')}" for family, given in work.authors)
    place = f"{work.volume}({work.issue}):{work.first}-{work.last}"
    return f"{names}. {work.title}. {work.journal}. {work.year};{place}."


def mla(work: Work) -> str:
    (family, given), *others = work.authors
    names = _list([f"{family}, {given}", *(f"{given} {family}" for family, given in others)], ", and ")
    place = f"vol. {work.volume}, no. {work.issue}, {work.year}, pp. {work.first}-{work.last}"
    return f"{names}. “{work.title}.” {work.journal}, {place}."


WRITERS: dict[str, Any] = {
    "apa": apa, "harvard": harvard, "chicago": chicago, "vancouver": vancouver, "mla": mla
}  # fmt: skip
