"""The words made-up references are put together with: function words in seven languages, places, groups, papers."""

from typing import NamedTuple


class Language(NamedTuple):
    """How a language says what stands between the parts of a reference; every member holds several ways."""

    weight: int
    lead: tuple[str, ...]
    editors: tuple[str, ...]
    editor: tuple[str, ...]
    edited_by: tuple[str, ...]
    pages: tuple[str, ...]
    volume: tuple[str, ...]
    issue: tuple[str, ...]
    edition: tuple[str, ...]
    translated_by: tuple[str, ...]
    online: tuple[str, ...]
    accessed: tuple[str, ...]
    thesis: tuple[str, ...]
    joint: tuple[str, ...]
    report: tuple[str, ...]
    months: tuple[str, ...]


def _language(weight: int, *members: str) -> Language:
    return Language(weight, *(tuple(member.split("|")) for member in members))


LANGUAGES = {
    "en": _language(
        70, "In |in |In: |in: ", " (Eds.)| (eds.)|, eds.|, editors| (eds)", " (Ed.)| (ed.)|, ed.| (ed)",
        "edited by |ed. |eds. |Ed. |Edited by ", "pp. |pp |p. |pages |p.|", "Vol. |vol. |volume |",
        "no. |No. |issue |no ", "2nd ed.|3rd edition|Rev. ed.|4th ed.|2nd edn|second edition|1st American ed.",
        "Trans. |Translated by |trans. ",
        "Retrieved from |Available at: |Available from: |Available: |Accessed at |Available online at |URL: |"
        "Retrieved {day}, from ||Online: ",
        " (accessed {day})| [Accessed {day}]|. Accessed {day}|, accessed on {day}| Accessed {day}",
        "Doctoral dissertation|Unpublished doctoral dissertation|PhD thesis|Ph.D. dissertation|Master's thesis|"
        "PhD diss.|MA thesis",
        " and |, and | & |, & ",
        "Technical report|Working Paper No. {n}|Tech. Rep. {n}|Research Report {n}|Report No. {n}|Discussion paper {n}",
        "January|February|March|April|May|June|July|August|September|October|November|December",
    ),
    "de": _language(
        8, "In: |in: |In ", " (Hrsg.)| (Hg.)| (Hrsg.):| (eds.)", " (Hrsg.)| (Hg.)", "hrsg. von ", "S. |S.|",
        "Bd. |Jg. |Band |", "H. |Heft |Nr. ", "2. Aufl.|3., überarb. Aufl.|2. Auflage|5., erw. Aufl.", "Übers. von ",
        "Verfügbar unter |Online unter: |URL: |Abgerufen am {day} von ",
        " (Zugriff am {day})| [{day}]| (abgerufen am {day})", "Dissertation|Diss.|Masterarbeit|Habilitationsschrift",
        " und |/| & |; ", "Arbeitspapier Nr. {n}|Forschungsbericht {n}",
        "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
    ),
    "fr": _language(
        8, "In |in |dans |Dans ", " (dir.)| (éds)| (éd.)", " (dir.)| (éd.)", "sous la dir. de |éd. par ", "p. |pp. ",
        "vol. |t. |tome ", "n° |no ", "2e éd.|3e édition|nouvelle éd.", "trad. |traduit par ",
        "En ligne : |Disponible sur : |Repéré à |URL : |Consulté le {day} sur ",
        " (consulté le {day})| [consulté le {day}]", "thèse de doctorat|Thèse de doctorat|mémoire de maîtrise",
        " et |, | & ", "Rapport de recherche {n}|Document de travail n° {n}",
        "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    ),
    "es": _language(
        6, "En |en |En: ", " (Eds.)| (coords.)| (Comps.)", " (Ed.)| (coord.)| (comp.)", "editado por |coord. por ",
        "pp. |p. |págs. ", "vol. |Vol. |", "núm. |nº |n. ", "2a ed.|3ª ed.|2.ª edición", "trad. de |Traducción de ",
        "Recuperado de |Disponible en: |Disponible en |Recuperado el {day}, de ",
        " [consultado el {day}]| (consulta: {day})", "Tesis doctoral|Tesis de maestría", " y |, y | & ",
        "Informe técnico {n}|Documento de trabajo {n}",
        "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
    ),
    "it": _language(
        3, "in |In |In: ", " (a cura di)| (eds.)", " (a cura di)", "a cura di ", "pp. |p. ", "vol. |Vol. ",
        "n. |fasc. ", "2a ed.|II ed.", "trad. it. di ", "Disponibile su: |URL: ", " (consultato il {day})",
        "Tesi di dottorato|Tesi di laurea", " e |, ", "Rapporto di ricerca {n}",
        "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
    ),
    "pt": _language(
        3, "In: |In ", " (orgs.)| (Orgs.)", " (org.)| (Org.)", "organizado por ", "p. |pp. ", "v. |vol. ", "n. |no. ",
        "2. ed.|3ª ed.", "Tradução de ", "Disponível em: |Recuperado de ", ". Acesso em: {day}",
        "Tese de doutorado|Dissertação de mestrado|Tese (Doutorado)", " e |; ", "Relatório técnico {n}",
        "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
    ),
    "nl": _language(
        2, "In |in: ", " (red.)| (Red.)", " (red.)", "onder redactie van ", "p. |pp. |blz. ", "jg. |vol. |", "nr. ",
        "2e dr.|3e druk", "vert. ", "Geraadpleegd op {day}, van |Beschikbaar op: ", " (geraadpleegd {day})",
        "proefschrift|Doctoraatsproefschrift", " en | & ", "Rapport {n}",
        "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    ),
}  # fmt: skip
UNIVERSITIES = (
    "University of Nowhere|University of Michigan|Stanford University|University of Helsinki|Universität Hamburg|"
    "Université de Genève|Universidad de Sevilla|Indiana University|University of Leeds|Ohio State University|"
    "Monash University|Boston College|ETH Zürich|Universidade de São Paulo|Utrecht University|Harvard University|"
    "Université Paris 8|Lund University|University of Texas at Austin|Drexel University|McGill University|"
    "Teachers College, Columbia University"
).split("|")
TOWNS = (
    "Ann Arbor, MI|Stanford, CA|Helsinki|Hamburg|Genève|Sevilla|Bloomington|Leeds|Columbus, OH|Melbourne|Boston, MA|"
    "Zürich|São Paulo|Utrecht|Cambridge, MA|Paris|Lund|Austin, Texas|Philadelphia, PA|New York, NY|Montréal|Berlin|"
    "Vienna, Austria|San Diego, CA|Lisbon, Portugal|Kyoto, Japan|Toronto, Canada|Amsterdam, The Netherlands|Madrid|"
    "Roma|Chicago, Illinois|Seoul, Korea|London|New York|Oxford|Cambridge"
).split("|")
GROUPS = (
    "World Health Organization|OECD|UNESCO|European Commission|Ministry of Education|Ministère de l'Éducation "
    "nationale|Department for Education|U.S. Department of Education|National Research Council|BBC|Amnesty "
    "International|National Center for Education Statistics|American Psychological Association|World Bank|"
    "Statistisches Bundesamt|Institute of Medicine|National Council of Teachers of Mathematics|Eurydice|Australian "
    "Bureau of Statistics|NICE|International Labour Office|Bundesministerium für Bildung und Forschung|Ministerio de "
    "Educación|College Board|Pew Research Center|RAND Corporation|Federal Reserve Board|American Educational "
    "Research Association|Council of Europe|United Nations|Kultusministerkonferenz|Institut national de la "
    "statistique"
).split("|")
PAPERS = (
    "The New York Times|The Guardian|Le Monde|Education Week|The Washington Post|Die Zeit|Frankfurter Allgemeine "
    "Zeitung|El País|Times Higher Education|The Atlantic|Los Angeles Times|The Economist|New Yorker|Neue Zürcher "
    "Zeitung|Wired|Corriere della Sera|Chronicle of Higher Education|Der Spiegel|Newsweek|Boston Globe|Forbes|The "
    "Independent|Time"
).split("|")
SITES = "Edutopia|Wikipedia|The Conversation|YouTube|Inside Higher Ed".split("|")
SERIES = (
    "Lecture Notes in Computer Science|Studies in Education|Graduate Texts in Mathematics|NBER Working Paper Series|"
    "Advances in Psychology|Beiträge zur Bildungsforschung|Sociology of Education Series|Springer Series in Statistics|"
    "Cambridge Studies in Linguistics"
).split("|")
MEETINGS = (
    "Annual Meeting of the American Educational Research Association|European Conference on Educational Research|"
    "International Conference on Machine Learning|Biennial Conference of EARLI|IEEE Conference on Computer Vision|"
    "Annual Conference of the British Educational Research Association|ACM Symposium on Operating Systems|"
    "Jahrestagung der Gesellschaft für Fachdidaktik|Society for Research in Child Development|"
    "Conference on Computer Supported Collaborative Learning|Symposium on Theory of Computing|"
    "International Conference on Computational Linguistics|Workshop on Very Large Corpora"
).split("|")
HOSTS = (
    "www.oecd.org|eric.ed.gov|www.nytimes.com|arxiv.org|www.unesco.org|www.bbc.co.uk|example.ac.uk|files.eric.ed.gov|"
    "www.jstor.org|nces.ed.gov|www.kmk.org"
).split("|")
REMARKS = (
    "Print.|Web.|(in Russian).|[in Japanese]|In press.|Reprint.|(mimeo).|Forthcoming.|Accessed.|[Epub ahead of print]|"
    "(Original work published 1949)|[abstract]|Online.|(2 copies)"
).split("|")
MEDIA = "[Blog post]|[Online]|[Web page]|[Data file]|[Video]|(blog)".split("|")
PARTICLES = ("van der ", "de ", "von ", "van ", "De ", "Mc")
QUOTATIONS = ((("", ""), 60), (("“", "”"), 14), (('"', '"'), 10), (("‘", "’"), 6), (("'", "'"), 3), (("*", "*"), 2))
