"""The code lists a MARC record points to: languages, relators, and subject sources.

Sources: MARC Code List for Languages and its ISO 639-1 equivalents; MARC Code List for Relators, with the words that
catalogues print for them in English, German, French, Spanish and Italian.
"""

import re
from typing import Final

from litbase.record.text import fold
from litbase.vocabulary.tables import language_tag

_ISO_639_1: Final = (
    "aar=aa abk=ab afr=af aka=ak alb=sq amh=am ara=ar arg=an arm=hy asm=as ava=av ave=ae aym=ay aze=az bak=ba bam=bm "
    "baq=eu bel=be ben=bn bis=bi bod=bo tib=bo bos=bs bre=br bul=bg bur=my mya=my cat=ca ces=cs cze=cs cha=ch che=ce "
    "chi=zh zho=zh chu=cu chv=cv cor=kw cos=co cre=cr cym=cy wel=cy dan=da deu=de ger=de div=dv dut=nl nld=nl dzo=dz "
    "ell=el gre=el eng=en epo=eo est=et eus=eu ewe=ee fao=fo fas=fa per=fa fij=fj fin=fi fra=fr fre=fr fry=fy ful=ff "
    "geo=ka kat=ka gla=gd gle=ga glg=gl glv=gv grn=gn guj=gu hat=ht hau=ha heb=he her=hz hin=hi hmo=ho hrv=hr scr=hr "
    "hun=hu hye=hy ibo=ig ice=is isl=is ido=io iii=ii iku=iu ile=ie ina=ia ind=id ipk=ik ita=it jav=jv jpn=ja kal=kl "
    "kan=kn kas=ks kau=kr kaz=kk khm=km kik=ki kin=rw kir=ky kom=kv kon=kg kor=ko kua=kj kur=ku lao=lo lat=la lav=lv "
    "lim=li lin=ln lit=lt ltz=lb lub=lu lug=lg mac=mk mkd=mk mah=mh mal=ml mao=mi mri=mi mar=mr may=ms msa=ms mlg=mg "
    "mlt=mt mol=ro mon=mn nau=na nav=nv nbl=nr nde=nd ndo=ng nep=ne nno=nn nob=nb nor=no nya=ny oci=oc oji=oj ori=or "
    "orm=om oss=os pan=pa pli=pi pol=pl por=pt pus=ps que=qu roh=rm ron=ro rum=ro run=rn rus=ru sag=sg san=sa sin=si "
    "slk=sk slo=sk slv=sl sme=se smo=sm sna=sn snd=sd som=so sot=st spa=es sqi=sq srd=sc srp=sr scc=sr ssw=ss sun=su "
    "swa=sw swe=sv tah=ty tam=ta tat=tt tel=te tgk=tg tgl=tl tha=th tir=ti ton=to tsn=tn tso=ts tuk=tk tur=tr twi=tw "
    "uig=ug ukr=uk urd=ur uzb=uz ven=ve vie=vi vol=vo wln=wa wol=wo xho=xh yid=yi yor=yo zha=za zul=zu"
)
TAGS: Final = dict(pair.split("=") for pair in _ISO_639_1.split())
CODES: Final = {tag: code for code, tag in reversed(TAGS.items())} | {
    "de": "ger", "fr": "fre", "nl": "dut", "el": "gre", "zh": "chi", "cs": "cze", "eu": "baq", "fa": "per", "hy": "arm",
    "is": "ice", "ka": "geo", "mi": "mao", "mk": "mac", "ms": "may", "my": "bur", "ro": "rum", "sk": "slo", "sq": "alb",
    "cy": "wel", "bo": "tib", "hr": "hrv", "sr": "srp",
}  # fmt: skip
"""BCP 47 language to the code MARC uses; a language of three letters is its own code."""
_NO_LANGUAGE: Final = frozenset({"und", "zxx", "mul", "mis", "xxx", "|||", "###"})


def language_of(code: str) -> str:
    """The BCP 47 tag of a MARC language code, "ger" or "grc", or of a tag; "" for none, undetermined or several.

    >>> [language_of(code) for code in ("ger", "grc", "mul", "   ", "pt-br")]
    ['de', 'grc', '', '', 'pt-BR']
    """
    code = code.strip().lower()
    if code in _NO_LANGUAGE:
        return ""
    if code in TAGS:
        return TAGS[code]
    return language_tag(code) or (code if re.fullmatch(r"[a-z]{3}", code) else "")


AUTHOR, EDITOR, TRANSLATOR, SPONSOR, CONTRIBUTOR, NONE = "author", "editor", "translator", "sponsor", "contributor", ""
_WORDS: Final = {
    AUTHOR: "aut cre cmp art pht ctg lyr lbt wac inv prg spk ive pta chr arc author authors creator composer artist "
            "photographer cartographer lyricist librettist verfasser verfasserin verf autor autorin auteur autore "
            "compositeur komponist komponistin kartograf kunstler fotograf",
    EDITOR: "edt edc com pbd red editor editors ed eds edited herausgeber herausgeberin hrsg hg editeur directeur "
            "curatore curatrice redakteur redaktor compiler compilador compilateur",
    TRANSLATOR: "trl translator translators ubersetzer ubersetzerin ubers traducteur traductrice traductor traductora "
                "traduttore trad transl",
    SPONSOR: "spn fnd sponsor sponsoring funder",
    CONTRIBUTOR: "ctb isb contributor issuing mitwirkender beitragender herausgebendes",
}  # fmt: skip
_ROLE_OF: Final = {word: role for role, words in _WORDS.items() for word in words.split()}
_CREATORS: Final = {
    "j": frozenset("prf mus cnd sng performer singer musician conductor instrumentalist".split()),
    "i": frozenset("prf nrt performer narrator speaker".split()),
    "g": frozenset("drt fmd".split()),
    "k": frozenset("ill illustrator".split()),
}
"""Further roles of creators, by the sort of record in leader/06."""
_OTHERWISE: Final = re.compile(
    r"(?:author|auteur|autor|verfasser(?:in)?) (?:of|de|des|der|eines) |film editor|moving image|dubious|former"
)
_RELATORS: Final = {AUTHOR: ("author", "aut"), EDITOR: ("editor", "edt"), TRANSLATOR: ("translator", "trl")}


def role_of(relator: str, sort: str = "a") -> str:
    """What a relator code, address or term makes of a name: "author", "editor" ...; "" for one that is no creator.

    *sort* is leader/06: a performer is the creator of a record of music.

    >>> [role_of(text) for text in ("edt", "editor of compilation.", "Hrsg.", "http://id.loc.gov/vocabulary/relators/trl")]
    ['editor', 'editor', 'editor', 'translator']
    >>> role_of("actor."), role_of("prf", "j"), role_of("author of introduction")
    ('', 'author', '')
    """
    text = fold(relator.strip().rsplit("/", 1)[-1])[:200]
    words = re.findall(r"\w+", text)
    if sort == "g" and words[-1:] == ["director"] and words[:-1] in ([], ["film"]):
        return AUTHOR
    if not _CREATORS.get(sort, frozenset()).isdisjoint(words):
        return AUTHOR
    if _OTHERWISE.search(text):
        return NONE
    return next((_ROLE_OF[word] for word in words if word in _ROLE_OF), NONE)


def relator(role: str) -> tuple[str, str]:
    """(term, code) of a role, for writing."""
    return _RELATORS[role]


def code_of(tag: str) -> str:
    """The MARC code of a BCP 47 tag, its region left out; "" when it has none.

    >>> code_of("de"), code_of("pt-BR"), code_of("grc"), code_of("Klingon")
    ('ger', 'por', 'grc', '')
    """
    language = tag.partition("-")[0].lower()
    return CODES.get(language, language if re.fullmatch(r"[a-z]{3}", language) else "")
