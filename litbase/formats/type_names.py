"""What other programs call a sort of work, and which CSL type and genre that is here.

Sources: the CSL 1.0.2 and Crossref type lists; RIS type codes; EndNote's reference types; Zotero's item types; what
Scopus, Web of Science, IEEE Xplore, Springer, Embase, Dimensions, Lens and OpenAlex write into a column of types.
"""

import re
from typing import Final, NamedTuple


class Type(NamedTuple):
    """A CSL type that records may have, and the genre that says the rest ("" for none)."""

    csl: str
    genre: str = ""


_TABLE: Final = (
    (
        Type("article-journal"),
        "article-journal journal-article journal jour jfull ejour article research-article original-article "
        "article-in-press article-magazine magazine-article magazine mgzn electronic-article journal-issue "
        "short-survey data-paper rapid-communication brief-communication academic-journal scholarly-journal "
        "periodical trade-journal case-report clinical-trial aggregated-database",
    ),
    (Type("article-journal", "Review"), "review review-article systematic-review meta-analysis literature-review"),
    (Type("article-journal", "Book review"), "review-book book-review"),
    (Type("article-journal", "Editorial"), "editorial editorial-material"),
    (Type("article-journal", "Letter"), "letter letter-to-the-editor"),
    (Type("article-journal", "Erratum"), "erratum correction corrigendum retraction retracted"),
    (Type("article-journal", "Note"), "journal-note"),
    (Type("article-newspaper"), "article-newspaper newspaper-article newspaper news news-item"),
    (
        Type("chapter"),
        "chapter book-chapter book-section book-part inbook incollection chap echap electronic-book-section "
        "reference-entry",
    ),
    (
        Type("chapter", "Encyclopedia entry"),
        "entry-encyclopedia encyclopedia-article encyclopedia ency encyc reference-work-entry entry",
    ),
    (Type("chapter", "Dictionary entry"), "entry-dictionary dictionary-entry dictionary dict"),
    (
        Type("paper-conference"),
        "paper-conference conference-paper conference-publication conference proceedings-paper "
        "proceedings-article inproceedings conf cpaper conference-proceedings conference-article "
        "conference-review",
    ),
    (Type("paper-conference", "Abstract"), "meeting-abstract conference-abstract"),
    (Type("paper-conference", "Presentation"), "speech presentation slide event performance lecture"),
    (
        Type("book"),
        "book edited-book electronic-book ebook monograph mvbook reference-book reference book-set ebk "
        "book-series serial ser series classical-work ancient-text collection",
    ),
    (Type("book", "Proceedings"), "proceedings proceedings-series conference-proceedings-volume"),
    (Type("book", "Catalog"), "catalog ctlg"),
    (
        Type("report"),
        "report rprt techreport technical-report report-component report-series government-document govdoc "
        "gray-literature grey-literature grant",
    ),
    (Type("report", "Standard"), "standard stand"),
    (Type("report", "Working paper"), "working-paper"),
    (Type("thesis"), "thesis dissertation thes dissertation-thesis"),
    (Type("thesis", "Doctoral dissertation"), "phdthesis phd-thesis doctoral-dissertation doctoral-thesis"),
    (Type("thesis", "Master's thesis"), "mastersthesis masters-thesis master-thesis"),
    (
        Type("webpage"),
        "webpage web-page website web-site elec online internet post blog online-multimedia multimedia "
        "online-database electronic-source electronic",
    ),
    (Type("webpage", "Blog post"), "post-weblog blog-post blog-entry"),
    (Type("webpage", "Forum post"), "forum-post"),
    (Type("dataset"), "dataset data data-set database aggregated-data-set"),
    (Type("software"), "software computer-program comp program"),
    (
        Type("motion_picture"),
        "motion-picture film movie mpct video video-recording audiovisual-material advs film-or-broadcast",
    ),
    (Type("motion_picture", "Broadcast"), "broadcast tv-broadcast radio-broadcast podcast"),
    (
        Type("legislation"),
        "legislation statute stat bill legal-rule-or-regulation legal legal-material treaty regulation",
    ),
    (Type("legislation", "Case"), "legal-case case"),
    (Type("legislation", "Hearing"), "hearing hear"),
    (Type("document", "Preprint"), "preprint posted-content e-print"),
    (Type("document", "Patent"), "patent pat"),
    (Type("document", "Manuscript"), "manuscript unpublished-work unpublished unpb manscpt"),
    (Type("document", "Interview"), "interview"),
    (Type("document", "Letter"), "personal-communication pcomm icomm email instant-message"),
    (Type("document", "Map"), "map"),
    (Type("document", "Pamphlet"), "pamphlet pamp"),
    (Type("document", "Music"), "song music audio-recording sound musical-score"),
    (Type("document", "Artwork"), "graphic artwork art figure fig chart-or-table chart equation equa image"),
    (Type("document"), "document misc generic gen other unused-1 unused-2 unused-3"),
)
_SQUEEZE = re.compile(r"[^a-z0-9]+")


def _squeezed(name: str) -> str:
    return _SQUEEZE.sub("", name.casefold())


_TYPES: Final = {_squeezed(name): type_ for type_, names in _TABLE for name in names.split()}
LONGEST: Final = 60


def type_called(name: str) -> Type | None:
    """The type called *name* in any writing ("Journal Article", "journalArticle", "JOUR"); None when nobody knows it.

    Of several ("Article; Early Access") the first that is known counts, and a name nobody knows is what its last words
    are ("IEEE Conferences").

    >>> type_called("Conference Paper"), type_called("Article; Early Access"), type_called("Sketch")
    (Type(csl='paper-conference', genre=''), Type(csl='article-journal', genre=''), None)
    """
    parts = [name[:LONGEST], *re.split(r"[;,|/]", name[: 4 * LONGEST])[:8]]
    if found := next((found for part in parts if (found := _TYPES.get(_squeezed(part)))), None):
        return found
    for part in parts[1:]:
        words = part.split()[-4:]
        for start in range(len(words)):
            singular = _squeezed("".join(words[start:])).removesuffix("s")
            if found := _TYPES.get(singular) or _TYPES.get(singular.removesuffix("e")):
                return found
    return None
