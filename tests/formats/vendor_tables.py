"""Tables under the headers of many programs, one made-up row each, and what the row says."""

import csv as stdlib
import io


def table(*rows: list[str], delimiter: str = ",") -> str:
    """A well formed table."""
    buffer = io.StringIO()
    stdlib.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def of(*rows: str, delimiter: str = ",") -> str:
    """A well formed table of rows whose cells are parted by broken bars."""
    return table(*(row.split("¦") for row in rows), delimiter=delimiter)


VENDORS = {
    "Scopus": (
        of(
            "Authors¦Author full names¦Author(s) ID¦Title¦Year¦Source title¦Volume¦Issue¦Art. No.¦Page start¦"
            "Page end¦Cited by¦DOI¦Link¦Author Keywords¦Index Keywords¦Publisher¦ISSN¦PubMed ID¦Language of "
            "Original Document¦Document Type¦Source¦EID",
            "Ruhl K.; de la Cruz M.¦Ruhl, Katrin (571); de la Cruz, Marta (572)¦571; 572¦Learning "
            "CO<inf>2</inf>¦2021¦Teaching¦98¦¦103245¦¦¦12¦10.1016/j.tate.2020.103245¦https://scopus.com/x¦A; B¦"
            "C¦Elsevier¦0742051X¦12345¦English¦Article¦Scopus¦2-s2.0-1",
        ),
        {
            "type": "article-journal",
            "author": "Ruhl, Katrin; de la Cruz, Marta",
            "title": "Learning CO2",
            "issued": "2021",
            "container_title": "Teaching",
            "volume": "98",
            "number": "103245",
            "page": "",
            "doi": "10.1016/j.tate.2020.103245",
            "keywords": ["A", "B", "C"],
            "issn": ["0742051X"],
            "identifiers": [("pmid", "12345")],
            "language": ["English"],
        },
    ),
    "Web of Science, tabs": (
        of(
            "PT¦AU¦AF¦TI¦SO¦LA¦DT¦DE¦ID¦AB¦SN¦EI¦PD¦PY¦VL¦IS¦BP¦EP¦DI¦UT",
            "J¦Wrobel, L; Muller, HJ¦Wróbel, Łukasz; Müller, Hans-Jörg¦Reviews¦PRZEGLAD¦Polish¦Review¦a; b¦C; "
            "D¦Abs.¦0137-7221¦2544-0322¦APR¦2023¦12¦4¦101¦118¦10.33141/po¦WOS:001",
            delimiter="\t",
        ),
        {
            "type": "article-journal",
            "genre": "Review",
            "author": "Wróbel, Łukasz; Müller, Hans-Jörg",
            "container_title": "PRZEGLAD",
            "issued": "2023-04",
            "page": "101-118",
            "issn": ["0137-7221"],
            "eissn": ["2544-0322"],
            "keywords": ["a", "b", "C", "D"],
        },
    ),
    "Web of Science, Excel": (
        of(
            "Publication Type¦Authors¦Author Full Names¦Book Editors¦Article Title¦Source Title¦Document Type¦"
            "Conference Title¦Conference Location¦Publisher¦Publisher City¦ISBN¦Publication Date¦Publication "
            "Year¦Start Page¦End Page¦DOI",
            "C¦Kim, SH¦Kim, Soo-Hyun¦Doe, J¦Deep¦PROC OF X¦Proceedings Paper¦Conf X¦Seoul¦Springer¦Cham¦"
            "978-3-16-148410-0¦MAR 15¦2020¦33¦47¦10.1/x",
        ),
        {
            "type": "paper-conference",
            "author": "Kim, Soo-Hyun",
            "editor": "Doe, J",
            "container_title": "PROC OF X",
            "event_title": "Conf X",
            "event_place": "Seoul",
            "publisher_place": "Cham",
            "issued": "2020-03-15",
            "page": "33-47",
        },
    ),
    "IEEE Xplore": (
        '"Document Title","Authors","Publication Title","Publication Year","Volume","Start Page","End Page",'
        '"Abstract","ISSN","DOI","Author Keywords","IEEE Terms","Online Date","Document Identifier"\n'
        '"Edge "AI" for screening, and more","J. Smith; A. Nowak","IEEE Access","2024","12","1","14",'
        '"We say &#x2018;hi&#x2019;.","2169-3536","10.1109/A.1","edge;cloud","Servers","1 Jan 2024",'
        '"IEEE Journals"\n',
        {
            "type": "article-journal",
            "title": 'Edge "AI" for screening, and more',
            "author": "Smith, J.; Nowak, A.",
            "abstract": "We say ‘hi’.",
            "page": "1-14",
            "issued": "2024-01-01",
            "keywords": ["edge", "cloud", "Servers"],
        },
    ),
    "IEEE, short": (
        of(
            "Title¦Authors¦Affiliations¦Abstract¦Publication¦Category¦DOI",
            "T¦Joseph Rottman, Erran Carmel, Mary Lacity¦U¦A¦Computer¦Magazine¦10.1109/MC.2011.377",
        ),
        {
            "type": "article-journal",
            "author": "Rottman, Joseph; Carmel, Erran; Lacity, Mary",
            "container_title": "Computer",
        },
    ),
    "PubMed": (
        of(
            "PMID¦Title¦Authors¦Citation¦First Author¦Journal/Book¦Publication Year¦Create Date¦PMCID¦DOI",
            "11223344¦Paper¦Smith A, van der Berg JA Jr¦Nature. 2021 Dec 21;1(2):10-11. doi: 10.1111/n1.¦Smith "
            "A¦Nature¦2021¦2021/12/21¦PMC1122334¦10.1111/n1",
        ),
        {
            "type": "article-journal",
            "author": "Smith, A; van der Berg, JA, Jr",
            "container_title": "Nature",
            "volume": "1",
            "issue": "2",
            "page": "10-11",
            "issued": "2021-12-21",
            "identifiers": [("pmid", "11223344"), ("pmcid", "PMC1122334")],
        },
    ),
    "Springer": (
        of(
            "Item Title¦Publication Title¦Book Series Title¦Journal Volume¦Journal Issue¦Item DOI¦Authors¦"
            "Publication Year¦URL¦Content Type",
            "T¦Nature¦¦17¦3¦10.1007/1¦Jan van DiekenJürgen DöllnerRonald McDonald¦2000¦http://l.s.com/a¦Article",
        ),
        {
            "type": "article-journal",
            "author": "van Dieken, Jan; Döllner, Jürgen; McDonald, Ronald",
            "volume": "17",
            "issue": "3",
            "issued": "2000",
            "url": "http://l.s.com/a",
        },
    ),
    "Embase": (
        of(
            "Title¦Author Names¦Source¦Emtree Medical Index Terms¦Open URL Link",
            "Cysts¦Liu R., Adler D.G.¦Endoscopic Ultrasound (2014) 3:3 (152-160). Date of Publication: 25 Aug "
            "2014¦article, cyst (diagnosis, surgery)¦"
            "http://sfx/u?id=doi:10.4103%2F2303-9027.138783&issn=22267190",
        ),
        {
            "type": "article-journal",
            "author": "Liu, R.; Adler, D.G.",
            "container_title": "Endoscopic Ultrasound",
            "volume": "3",
            "issue": "3",
            "page": "152-160",
            "issued": "2014-08-25",
            "keywords": ["article", "cyst (diagnosis, surgery)"],
            "doi": "10.4103/2303-9027.138783",
        },
    ),
    "Dimensions": (
        '"About the data: Exported on Sep 3, 2023"\n'
        + of(
            "Rank¦Publication ID¦DOI¦Title¦Source title¦Anthology title¦Publication Date¦PubYear¦Pagination¦"
            "Publication Type¦Document Type¦Authors¦ISBN",
            "1¦pub.1¦10.1/d¦T¦¦The Book¦2019-03¦2019¦e1-e9¦Chapter¦Research Chapter¦Meyer, Austin G; Doe, J¦",
        ),
        {
            "type": "chapter",
            "author": "Meyer, Austin G; Doe, J",
            "container_title": "The Book",
            "issued": "2019-03",
            "page": "e1-e9",
        },
    ),
    "OpenAlex": (
        of(
            "id¦doi¦title¦display_name¦publication_year¦publication_date¦type¦"
            "primary_location.source.display_name¦biblio.volume¦biblio.first_page¦biblio.last_page¦"
            "authorships.author.display_name¦ids.pmid",
            "https://openalex.org/W1¦https://doi.org/10.1234/O¦T¦T¦2020¦2020-05-06¦book-chapter¦J¦5¦3¦9¦Jane "
            "Doe|John Q. Smith|李明¦https://pubmed.ncbi.nlm.nih.gov/123",
        ),
        {
            "type": "chapter",
            "author": "Doe, Jane; Smith, John Q.; 李明",
            "doi": "10.1234/O",
            "page": "3-9",
            "identifiers": [("pmid", "123")],
        },
    ),
    "Google Scholar": (
        "\ufeffAuthors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"
        '"Alves, Luciano FS; Gomes, Ruan; ",T,2017 Brazilian Power Conference,,,1-8,2017,IEEE\n',
        {
            "type": "paper-conference",
            "author": "Alves, Luciano FS; Gomes, Ruan",
            "page": "1-8",
            "publisher": "IEEE",
        },
    ),
    "Publish or Perish": (
        of(
            "Cites¦Authors¦Title¦Year¦Source¦Publisher¦ArticleURL¦Type¦DOI¦Volume¦Issue¦StartPage¦EndPage¦FullTextURL",
            "42¦AG Meyer, J Smith, ...¦T¦2020¦Nature¦NPG¦https://e.org/a¦PDF¦10.1/x¦0¦0¦0¦0¦https://e.org/p",
        ),
        {
            "type": "article-journal",
            "author": "Meyer, AG; Smith, J",
            "others": True,
            "container_title": "Nature",
            "volume": "",
            "page": "",
            "url": "https://e.org/a",
            "full_text_url": "https://e.org/p",
        },
    ),
    "Zotero": (
        of(
            "Key¦Item Type¦Publication Year¦Author¦Title¦Publication Title¦DOI¦Date¦Date Added¦Pages¦Num Pages¦"
            "Publisher¦Place¦Type¦Extra¦Manual Tags¦Automatic Tags¦Editor¦Conference Name",
            "ABCD1234¦thesis¦2010¦Doe, Jane; OECD¦My thesis¦¦¦2010-08-01¦2020-01-01 10:00:00¦¦230¦Drexel¦"
            "Philadelphia¦PhD Thesis¦PMID: 7\nCitation Key: doe2010\nRead it¦one; two¦auto¦¦",
        ),
        {
            "type": "thesis",
            "genre": "Doctoral dissertation",
            "author": "Doe, Jane; OECD",
            "issued": "2010-08-01",
            "number_of_pages": 230,
            "publisher": "Drexel",
            "keywords": ["one", "two", "auto"],
            "note": "Read it",
            "citation_key": "doe2010",
            "identifiers": [("pmid", "7")],
        },
    ),
    "JabRef": (
        of(
            "Citation Key¦Author¦Title¦Year¦Journal¦Booktitle¦Publisher¦Volume¦Number¦Pages¦Month¦Address¦"
            "Editor¦School¦DOI¦ISBN",
            "mehta2019¦Mehta, Jal and de la Cruz, Juan¦T¦2019¦J. of X¦¦¦20¦3¦327--350¦aug¦¦¦¦10.1/x¦",
        ),
        {
            "type": "article-journal",
            "citation_key": "mehta2019",
            "author": "Mehta, Jal; de la Cruz, Juan",
            "volume": "20",
            "issue": "3",
            "issued": "2019-08",
            "page": "327--350",
        },
    ),
    "Rayyan": (
        of(
            "key¦title¦authors¦journal¦issn¦volume¦issue¦pages¦day¦month¦year¦publisher¦location¦language¦"
            "abstract¦notes¦doi¦pubmed_id¦keywords",
            "rayyan-1¦T¦Smith, J. and Doe, A. B.¦BMJ¦0959-8138¦3¦2¦1035-47¦3¦5¦2020¦BMJ¦London¦eng¦A¦N¦10.1/x¦345¦a,b",
        ),
        {
            "author": "Smith, J.; Doe, A. B.",
            "issued": "2020-05-03",
            "publisher_place": "London",
            "keywords": ["a", "b"],
            "note": "N",
        },
    ),
    "EBSCO": (
        of(
            "Article Title¦Author¦Journal Title¦ISSN¦Publication Date¦Volume¦Issue¦First Page¦Page Count¦"
            "Accession Number¦DOI¦Doctype¦Subjects¦PLink",
            "T¦Smith, John; Doe, Jane¦Ed Lead¦00131784¦Feb2019¦76¦5¦30¦6¦EJ1203456¦10.1/e¦Article¦A; B¦http://x",
        ),
        {
            "type": "article-journal",
            "issued": "2019-02",
            "page": "30-35",
            "eric": "EJ1203456",
            "keywords": ["A", "B"],
            "url": "http://x",
        },
    ),
    "ProQuest": (
        of(
            "Title¦Abstract¦StoreId¦ArticleType¦Authors¦issn¦issue¦language¦pages¦placeOfPublication¦pubdate¦"
            "pubtitle¦startPage¦subjects¦volume¦year¦DocumentURL¦digitalObjectIdentifier",
            "T¦A¦1¦Scholarly Journals¦Doe, Jane; Roe, R¦0013-1784¦2¦English¦11-22¦London¦Mar 2018¦Ed. Lead.¦11¦"
            "Schools¦7¦2018¦https://pq/1¦10.1/pq",
        ),
        {
            "type": "article-journal",
            "author": "Doe, Jane; Roe, R",
            "issued": "2018-03",
            "page": "11-22",
            "container_title": "Ed. Lead.",
            "doi": "10.1/pq",
        },
    ),
    "Lens": (
        of(
            "Lens ID¦Title¦Date Published¦Publication Year¦Publication Type¦Source Title¦ISSNs¦Author/s¦Volume¦"
            "Issue Number¦Start Page¦MeSH Terms¦PMID¦DOI",
            "000-1¦T¦2017-01-02¦2017¦journal article¦PLoS One¦19326203¦Jane Doe; John Roe¦12¦1¦e1¦Humans¦28¦10.1/l",
        ),
        {
            "type": "article-journal",
            "author": "Doe, Jane; Roe, John",
            "issued": "2017-01-02",
            "page": "e1",
            "keywords": ["Humans"],
        },
    ),
    "ASReview": (
        of(
            "abstract¦first_authors¦id¦issn¦keywords¦number¦place_published¦title¦publication_year¦publisher¦"
            "secondary_authors¦start_page¦type_of_reference¦volume",
            "A¦['Marx, Karl', 'O'Brien, Pat']¦12345¦1932-6208¦['Pippi', 'Nordwind']¦3¦USA¦T¦2014//¦F¦"
            "['Glattauer, Daniel']¦e0815¦JOUR¦9",
        ),
        {
            "author": "Marx, Karl; O'Brien, Pat",
            "editor": "Glattauer, Daniel",
            "issued": "2014",
            "issue": "3",
            "page": "e0815",
            "keywords": ["Pippi", "Nordwind"],
        },
    ),
    "German, semicolons": (
        "sep=;\n"
        "Titel;Autor;Jahr;Zeitschrift\n"
        '"Über das; Lernen";"Müller, Hans; Özgür, Ayşe";2012;Zeitschrift für Pädagogik\n',
        {
            "title": "Über das; Lernen",
            "author": "Müller, Hans; Özgür, Ayşe",
            "issued": "2012",
            "container_title": "Zeitschrift für Pädagogik",
        },
    ),
    "pandas": (
        of(
            "¦Title¦Year¦Volume¦Issue¦DOI¦Authors",
            "0¦T¦2019.0¦12.0¦nan¦NA¦Doe, J",
        ),
        {
            "title": "T",
            "issued": "2019",
            "volume": "12",
            "issue": "",
            "doi": "",
            "author": "Doe, J",
        },
    ),
}
