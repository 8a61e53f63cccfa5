"""Closed vocabularies: languages, ERIC's education levels and audiences, journals by ISSN.

Sources: ISO 639 and BCP 47; ERIC's help pages; journals.tsv, whose ISSNs are
public facts (ERIC's records, the journals' own pages).
"""

from functools import cache
from pathlib import Path
from typing import Final

from litbase.record.identifiers import normal_issn
from litbase.record.text import fold

# tag, English name, name in the language, ISO 639-2 codes
LANGUAGES: Final = (
    ("en", "English", "English", "eng"),
    ("es", "Spanish", "Español", "spa"),
    ("fr", "French", "Français", "fre fra"),
    ("de", "German", "Deutsch", "ger deu"),
    ("pt", "Portuguese", "Português", "por"),
    ("it", "Italian", "Italiano", "ita"),
    ("nl", "Dutch", "Nederlands", "dut nld"),
    ("ca", "Catalan", "Català", "cat"),
    ("gl", "Galician", "Galego", "glg"),
    ("eu", "Basque", "Euskara", "baq eus"),
    ("ro", "Romanian", "Română", "rum ron"),
    ("la", "Latin", "Latina", "lat"),
    ("el", "Greek", "Ελληνικά", "gre ell"),
    ("da", "Danish", "Dansk", "dan"),
    ("sv", "Swedish", "Svenska", "swe"),
    ("no", "Norwegian", "Norsk", "nor"),
    ("nb", "Norwegian Bokmål", "Bokmål", "nob"),
    ("nn", "Norwegian Nynorsk", "Nynorsk", "nno"),
    ("is", "Icelandic", "Íslenska", "ice isl"),
    ("fi", "Finnish", "Suomi", "fin"),
    ("et", "Estonian", "Eesti", "est"),
    ("lv", "Latvian", "Latviešu", "lav"),
    ("lt", "Lithuanian", "Lietuvių", "lit"),
    ("pl", "Polish", "Polski", "pol"),
    ("cs", "Czech", "Čeština", "cze ces"),
    ("sk", "Slovak", "Slovenčina", "slo slk"),
    ("sl", "Slovenian", "Slovenščina", "slv"),
    ("hr", "Croatian", "Hrvatski", "hrv"),
    ("sr", "Serbian", "Српски", "srp"),
    ("bs", "Bosnian", "Bosanski", "bos"),
    ("mk", "Macedonian", "Македонски", "mac mkd"),
    ("bg", "Bulgarian", "Български", "bul"),
    ("hu", "Hungarian", "Magyar", "hun"),
    ("sq", "Albanian", "Shqip", "alb sqi"),
    ("ru", "Russian", "Русский", "rus"),
    ("uk", "Ukrainian", "Українська", "ukr"),
    ("be", "Belarusian", "Беларуская", "bel"),
    ("tr", "Turkish", "Türkçe", "tur"),
    ("az", "Azerbaijani", "Azərbaycan", "aze"),
    ("kk", "Kazakh", "Қазақ", "kaz"),
    ("hy", "Armenian", "Հայերեն", "arm hye"),
    ("ka", "Georgian", "ქართული", "geo kat"),
    ("ar", "Arabic", "العربية", "ara"),
    ("fa", "Persian", "فارسی", "per fas"),
    ("he", "Hebrew", "עברית", "heb"),
    ("ur", "Urdu", "اردو", "urd"),
    ("hi", "Hindi", "हिन्दी", "hin"),
    ("bn", "Bengali", "বাংলা", "ben"),
    ("ta", "Tamil", "தமிழ்", "tam"),
    ("te", "Telugu", "తెలుగు", "tel"),
    ("ne", "Nepali", "नेपाली", "nep"),
    ("zh", "Chinese", "中文", "chi zho"),
    ("ja", "Japanese", "日本語", "jpn"),
    ("ko", "Korean", "한국어", "kor"),
    ("vi", "Vietnamese", "Tiếng Việt", "vie"),
    ("th", "Thai", "ไทย", "tha"),
    ("id", "Indonesian", "Bahasa Indonesia", "ind"),
    ("ms", "Malay", "Bahasa Melayu", "may msa"),
    ("tl", "Tagalog", "Tagalog", "tgl"),
    ("sw", "Swahili", "Kiswahili", "swa"),
    ("af", "Afrikaans", "Afrikaans", "afr"),
    ("ga", "Irish", "Gaeilge", "gle"),
    ("cy", "Welsh", "Cymraeg", "wel cym"),
    ("haw", "Hawaiian", "ʻŌlelo Hawaiʻi", "haw"),
    ("nv", "Navajo", "Diné bizaad", "nav"),
)
_OTHER_NAMES: Final = {
    "castilian": "es",
    "farsi": "fa",
    "filipino": "tl",
    "mandarin": "zh",
    "modern greek": "el",
    "slovene": "sl",
}
LEVELS: Final = (
    "Early Childhood Education",
    "Preschool Education",
    "Kindergarten",
    "Elementary Education",
    "Primary Education",
    *(f"Grade {number}" for number in range(1, 7)),
    "Intermediate Grades",
    "Middle Schools",
    "Junior High Schools",
    *(f"Grade {number}" for number in range(7, 10)),
    "Secondary Education",
    "High Schools",
    *(f"Grade {number}" for number in range(10, 13)),
    "High School Equivalency Programs",
    "Postsecondary Education",
    "Two Year Colleges",
    "Higher Education",
    "Adult Education",
    "Adult Basic Education",
)
"""ERIC's education levels, the youngest first."""
AUDIENCES: Final = (
    "Administrators",
    "Community",
    "Counselors",
    "Media Staff",
    "Parents",
    "Policymakers",
    "Practitioners",
    "Researchers",
    "Students",
    "Support Staff",
    "Teachers",
)
"""ERIC's audiences."""


@cache
def _tags() -> dict[str, str]:
    tags = dict(_OTHER_NAMES)
    for tag, english, own, codes in LANGUAGES:
        tags |= {fold(name): tag for name in (tag, english, own, *codes.split())}
    return tags


def language_tag(text: str) -> str:
    """The BCP 47 tag of a language given by name (in English or its own), ISO 639 code or tag; "" when unknown.

    >>> [language_tag(t) for t in ("English", "deutsch", "fre", "pt_br", "zh-hans-CN", "Klingon")]
    ['en', 'de', 'fr', 'pt-BR', 'zh-Hans-CN', '']
    """
    plain = fold(" ".join(text.split()))
    if plain in _tags():
        return _tags()[plain]
    language, *rest = plain.replace("_", "-").split("-")
    if not rest or len(language) > 3 or language not in _tags() or not all(map(_is_subtag, rest)):
        return ""
    return "-".join((_tags()[language], *(part.title() if len(part) == 4 else part.upper() for part in rest)))


def _is_subtag(part: str) -> bool:
    """A script (Hans) or a region (BR, 419)."""
    return part.isascii() and part.isalnum() and len(part) in (2, 3, 4)


def language_name(tag: str) -> str:
    """The English name of a BCP 47 tag, with its region in brackets; the tag itself when unknown.

    >>> language_name("de"), language_name("pt-BR")
    ('German', 'Portuguese (BR)')
    """
    language, _, rest = tag.partition("-")
    name = next((english for known, english, *_ in LANGUAGES if known == language.lower()), "")
    return f"{name} ({rest})" if name and rest else name or tag


@cache
def _journals() -> dict[str, str]:
    lines = (Path(__file__).parent / "journals.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def journal_of(issn: str) -> str:
    """The journal an ISSN stands for, print or electronic, in any writing of it; "" when unknown.

    >>> journal_of("EISSN-1573-1812")
    'Journal of Educational Change'
    """
    return _journals().get(normal_issn(issn), "")
