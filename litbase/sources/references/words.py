"""The words of reference lists in seven languages: months, roles, "in", "volume", "pages", kinds of works.

From the manuals of the styles (APA, MLA, Chicago, Harvard, Vancouver, IEEE, DIN ISO 690, ABNT) and from what
reference lists in English, German, French, Spanish, Italian, Portuguese and Dutch really print.
"""

from typing import Final


def _words(text: str) -> str:
    """*text* as the inside of a pattern that finds any of its words, the longer first; "_" stands for a blank."""
    return "|".join(sorted((word.replace("_", r"\s") for word in text.split()), key=lambda word: (-len(word), word)))


MONTHS: Final = {
    name: number
    for language in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jänner feber mär apr mai juni juli aug sept okt nov dez",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene febr mar abr may jun jul ago set oct nov dic",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "genn febbr mar apr magg giugno luglio agosto sett ott nov dic",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "januari februari maart april mei juni juli augustus september oktober november december",
    )
    for number, name in enumerate(language.split(), 1)
} | {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24, "frühjahr": 21, "herbst": 23, "sommer": 22,
     "printemps": 21, "été": 22, "automne": 23, "hiver": 24, "primavera": 21, "verano": 22, "otoño": 23,
     "invierno": 24}  # fmt: skip
MONTH: Final = rf"(?:{_words(' '.join(MONTHS))})"
UNDATED: Final = (
    r"forthcoming|in\spress|in\spreparation|in\sprep\.?|to\sappear|submitted|under\sreview|accepted|im\sDruck|"
    r"im\sErscheinen|à\sparaître|sous\spresse|en\sprensa|in\scorso\sdi\sstampa|no\sprelo|in\sdruk|"
    r"(?-i:n\.\s?d\.|s\.\s?d\.|o\.\s?J\.|s\.\s?f\.|s\.\s?a\.|z\.\s?j\.)"
)
EDITORS: Final = _words(
    "eds ed editors editor hrsg hg herausgeber éds éd dirs dir coords coord comps comp orgs org red redactie "
    "hgg edited_by editado_por hrsg\\.?_v(?:on|\\.) hg\\.?_v(?:on|\\.) herausgegeben_von a_cura_di éd\\.?_par "
    "sous_la_dir(?:ection|\\.)_de sous_la_direction_d coord\\.?_por coordinado_por organizado_por "
    "onder_redactie_van dirigé_par compiled_by compilador compiladores series_ed"
)
LED_BY_EDITORS: Final = (  # what stands before editors: "edited by A. Roe", "hrsg. von A. Roe"
    r"edited\sby|editado\spor|hrsg\.?\sv(?:on\b|\.)|hg\.?\sv(?:on\b|\.)|herausgegeben\svon|a\scura\sdi|éd\.?\spar|"
    r"édité\spar|sous\sla\sdir(?:ection\b|\.)\s(?:de\b|d[’'])|dirigé\spar|coord\.?\spor|coordinado\spor|"
    r"organizado\spor|onder\sredactie\svan|compiled\sby|compilado\spor|eds?\.\sby|edited\sand\stranslated\sby"
)
LED_BY_TRANSLATORS: Final = (
    r"translated\sby|trans(?:l)?\.\sby|übers(?:etzt|\.)?\svon|traduit\s(?:de\s[^,.]{2,30}\s)?par|"
    r"trad\.\sfr(?:\.|ançaise)?(?:\sde|\spar)?|trad\.\s(?:it\.\s)?(?:di|de|par|por)|traducción\sde|traducido\spor|"
    r"traduzione\sdi|tradução\sde|vertaald\sdoor"
)
SHORT_ROLES: Final = (
    r"[Ee]ds?\.|[Tt]rans(?:l)?\.|[Dd]ir\.|[Tt]rad\.|[Üü]bers\.|[Vv]ert\."  # before names, behind a stop
)
COUNTRIES: Final = frozenset(
    "australia|austria|belgium|brazil|canada|chile|china|czech republic|denmark|egypt|england|finland|france|germany|"
    "greece|hong kong|hungary|iceland|india|indonesia|iran|ireland|israel|italy|japan|korea|malaysia|mexico|morocco|"
    "new zealand|norway|poland|portugal|romania|russia|scotland|singapore|slovenia|south africa|spain|sweden|"
    "switzerland|taiwan|thailand|the netherlands|netherlands|turkey|uk|ukraine|united kingdom|united states|usa|"
    "u.s.a.|u.k.|vietnam|wales".split("|")
)
IN: Final = r"[Ii]n|[Dd]ans|[Ee]n|[Ee]m|[Ii]m"
VOLUME: Final = r"vol(?:ume|s)?|bd|band|jg|jahrgang|tomes?|tomo|bind|årg"
ISSUE: Final = r"nos?|nr|n[º°o]|n[uú]m(?:ero)?|number|numéro|iss(?:ue)?|heft|hft|fasc"
PAGES: Final = r"pages?|pp|pgs?|p[áa]g(?:ina)?s?|seiten?|blz|ss"
EDITION: Final = r"ed(?:n|ition|ición|izione|ição|s)?|éd(?:ition)?|aufl(?:age)?|ausg(?:abe)?|dr(?:uk)?|uitg(?:ave)?"
THESIS: Final = (
    r"(?:(?:un)?published\s)?(?:(?:doctoral|doctor\sof\s\w+|ph\.?\s?d\.?|master(?:[’']?s)?|m\.?\s?a\.?|m\.?\s?sc?\.?|"
    r"m\.?\s?ed\.?|m\.?\s?phil\.?|ed\.?\s?d\.?|b\.?\s?a\.?|b\.?\s?sc?\.?|bachelor(?:[’']?s)?|undergraduate|honou?rs|"
    r"doctoraat|diploma|senior)\s?[-]?)\s?(?:thesis|dissertation|diss\.?)|unpublished\s(?:thesis|dissertation)|"
    r"dissertation|diss\.|thèse(?:\sde\sdoctorat)?|mémoire\sde\smaîtrise|tesis\s(?:doctoral|de\s\w+)|tesi\sdi\s\w+|"
    r"tese\sde\s\w+|tese\s\(\w+\)|dissertação\sde\s\w+|habilitation(?:sschrift)?|inaugural-dissertation|(?:diplom|"
    r"master|magister|bachelor|doktor)arbeit|proefschrift"
)
REPORT: Final = (
    r"technical\s(?:report|memorandum|note)|tech\.?\srep(?:ort|\.)?|research\s(?:report|memorandum|brief|paper)|"
    r"(?:final|annual|progress|internal|policy|evaluation|special|statistical)\s(?:report|brief)|working\spaper|"
    r"discussion\spaper|occasional\spaper|policy\s(?:paper|brief)|white\spaper|arbeitspapier|forschungsbericht|"
    r"diskussionspapier|rapport\sde\srecherche|document\sde\stravail|informe\stécnico|(?:personal|"
    r"private)\scommunication|unpublished\s(?:manuscript|paper|data|report|work)|"
    r"manuscript(?:\ssubmitted\sfor\spublication)?|preprint|mimeo(?:graph(?:ed)?)?|conference\s(?:paper|"
    r"presentation)|documento\sde\strabajo|rapporto\sdi\sricerca|relatório\stécnico|report\sno\.?|publication\sno\.?|"
    r"nces|tr"
)
MEETING: Final = (
    r"(?:paper|poster|symposium|keynote)(?:\ssession)?\s(?:was\s)?(?:presented|delivered|given|read)\sat|presented\sat|"
    r"communication\sprésentée|ponencia\spresentada|vortrag|comunicação\sapresentada"
)
MEETINGS: Final = (
    r"proceedings|proc\.|conference|conf\.|symposium|symp\.|workshop|congress|annual\smeeting|colloquium|"
    r"tagung|konferenz|kongress|congrès|colloque|actes|congreso|actas|atti|convegno|congresso|anais"
)
PERIODICALS: Final = (
    r"journals?|j\.|review|rev\.|quarterly|bulletin|bull\.|annals|ann\.|letters|lett\.|magazine|mag\.|newsletter|"
    r"transactions|trans\.|archives?|acta|notices|gazette|times|post|herald|zeitschrift|revue|rivista|revista|"
    r"tijdschrift|jahrbuch|yearbook|monatshefte|blätter|cahiers|cuadernos|quaderni|cadernos|studies|studien|études|"
    r"estudios|studi"
)
TOWNS: Final = frozenset(
    "amsterdam|ann arbor|antwerp|athens|atlanta|austin|baltimore|bangkok|barcelona|basel|basingstoke|beijing|belfast|"
    "berkeley|berlin|bern|bielefeld|bloomington|bologna|bonn|boston|boulder|bristol|brussels|bruxelles|budapest|"
    "buenos aires|buffalo|cambridge|canberra|cape town|champaign|chicago|cologne|columbus|copenhagen|dallas|delhi|"
    "den haag|denver|detroit|dordrecht|dublin|düsseldorf|edinburgh|englewood cliffs|firenze|florence|frankfurt|"
    "frankfurt am main|frankfurt a. m.|freiburg|genève|geneva|glasgow|göttingen|hamburg|hannover|harmondsworth|"
    "hauppauge|heidelberg|helsinki|hillsdale|hoboken|hong kong|honolulu|houston|indianapolis|istanbul|ithaca|jena|"
    "jerusalem|kassel|köln|kyoto|lanham|lausanne|leeds|leiden|leipzig|leuven|lisboa|lisbon|ljubljana|london|londres|"
    "los angeles|lund|lyon|madison|madrid|mahwah|mainz|malden|manchester|mannheim|melbourne|mexico|méxico|miami|"
    "milan|milano|milton keynes|milwaukee|minneapolis|montreal|montréal|moscow|munich|munster|münchen|münster|"
    "nairobi|napoli|nashville|new delhi|new haven|new york|newark|newbury park|norwood|notre dame|oakland|opladen|"
    "oslo|ottawa|oxford|paderborn|padova|paris|philadelphia|pittsburgh|portland|porto|prague|princeton|providence|"
    "reading|rennes|rio de janeiro|roma|rome|rotterdam|salt lake city|san antonio|san diego|san francisco|san jose|"
    "santa barbara|santa monica|santiago|sao paulo|são paulo|seattle|seoul|sevilla|shanghai|singapore|springfield|"
    "st. louis|stanford|stockholm|strasbourg|stuttgart|sydney|taipei|thousand oaks|tilburg|tokyo|torino|toronto|"
    "tübingen|turin|twente|upper saddle river|uppsala|urbana|utrecht|valencia|vancouver|venezia|venice|vienna|warsaw|"
    "warszawa|washington|washington dc|weinheim|"
    "westport|wien|wiesbaden|würzburg|zürich|zurich".split("|")
)
ONLINE: Final = (  # what leads to an address
    r"available\s(?:online\s)?(?:at|from|on|in|via)|available\sonline|available|retrieved\s(?:online\s)?(?:at|from)|"
    r"retrieved|accessed\s(?:at|from|via)|accessed|access|downloaded\sfrom|viewed\sat|online\sat|online|url|link|web|"
    r"website|internet|see|from|at|doi|verfügbar\s(?:unter|über)|abrufbar\sunter|online\sunter|online\sverfügbar|"
    r"unter|abgerufen\svon|abgerufen|en\sligne|disponible\s(?:sur|à|en|desde|in)(?:\sl[’']adresse)?|repéré\s(?:à|"
    r"sur)|récupéré\sde|consulté\ssur|recuperado\s(?:de|em)|en\slínea|disponibile\s(?:su|in|all[’']indirizzo)|"
    r"dispon[ií]ve[lr]\sem|beschikbaar\s(?:op|via)|geraadpleegd\s(?:op|via)"
)
ACCESSED: Final = (  # what leads to the day an address was looked at
    r"(?:last\s)?(?:accessed|retrieved|viewed|visited|assessed|consulted|checked|cited)|access\sdate|date\sof\saccess|"
    r"(?:letzter\s)?zugriff|zuletzt\sabgerufen|abgerufen|abruf|stand|eingesehen|consulté|page\sconsultée|visité|"
    r"repéré|récupéré|consultado|consulta|recuperado|recuperat|acceso|consultato|ultimo\saccesso|acess?ado|"
    r"acesso|geraadpleegd|bezocht"
)
PAPERS: Final = r"vol|no|pp|p|pages|edited|ed|eds|hrsg|S|Bd"
CORPORATE: Final = frozenset(
    "verlag press presse presses books book publisher publishers publishing publications publication inc ltd llc co "
    "gmbh editore editorial éditions editions edizioni ediciones editora sons routledge sage springer wiley "
    "blackwell palgrave macmillan elsevier kluwer erlbaum jossey-bass bloomsbury brill pearson norton penguin emerald "
    "continuum oecd unesco university universität université universidad universidade università universiteit "
    "universitets beltz klinkhardt suhrkamp falmer mcgraw mcgraw-hill heinemann harper harpercollins random waxmann "
    "corwin prentice prentice-hall addison-wesley academic mit ieee acm usenix aaai siam ascd aera naeyc nctm "
    "benjamins mouton gruyter gallimard seuil fischer campus metzler reclam beck mohr rowohlt insel hanser knopf "
    "vintage doubleday scribner holt houghton mifflin harcourt mosby saunders lippincott elsevier pergamon freeman "
    "birkhäuser vieweg teubner juventa budrich laterza einaudi feltrinelli mondadori mulino armand colin dunod puf "
    "vrin ministry department institute office bureau council association society foundation centre center college "
    "school author verso polity ashgate hackett harvester croom methuen faber viking dover anchor bantam crown "
    "guilford lawrence springer-verlag north-holland plenum basic acad "
    "dept univ laboratory laboratories lab labs faculty division".split()
)
GROUPS: Final = (  # groups' names beside the English ones of `record.names`
    r"\b(?:Minist[eè]r\w{1,3}|Institut\w{0,2}|Universi[td]\w{1,6}|Uniwersytet|Hochschule|Gesellschaft|Verein|Verband|"
    r"Stiftung|Bundes\w{3,}|Statistisches|Landes\w{3,}|Kultus\w{3,}|Asociaci[oó]n|Associa\w{3,}|Comisi[oó]n|"
    r"Conse[ij]\w{1,3}|Comit[eé]\w?|Direction|Fundaci[oó]n|Fondation|Fondazione|Banco|Banque|Gobierno|Gouvernement|"
    r"Government|Secretar[ií]a|Sociedad|Soci[eé]t[eéà]|Stadt|Amt|Rat|Kommission|Agence|Academia|Acad[eé]mie|Akademie|"
    r"Raad|Vereniging|Nations|Corp\.?|Consult\w{3,}|Systems?)\b"
)
INSTITUTIONS: Final = frozenset(  # words of CORPORATE that titles hold as well
    "books book publication publications editorial editions author school college center centre society foundation "
    "association council bureau office institute department ministry university academic basic fischer campus beck "
    "random crown anchor lawrence continuum vintage dover penguin insel reclam armand colin emerald sage brill "
    "laboratory laboratories lab labs faculty division dept univ inc ltd co".split()
)
ABBREVIATIONS: Final = frozenset(  # a full stop behind these ends nothing
    "vol no nr nos pp p ed eds edn st mr mrs ms dr prof jr sr vs cf al etc approx dept univ inst tech rep proc conf "
    "trans ser pt ch chap fig suppl rev repr assoc soc int inc ltd co corp intl natl bd jg hrsg hg aufl übers éd éds "
    "dir trad coord comp org n t v u a b s z op cit art calif conn mich minn ph m sc u.s u.k d.c e.g i.e jan feb mar "
    "apr jun jul "
    "aug sep sept oct nov dec mt ft".split()
)
PARTICLES: Final = (
    r"[Vv]an\s(?:[Dd]e[nr]?|[Hh]et|’t|'t)|[Vv]on\s(?:der|dem|den)|[Vv][ao]n|[Dd]e\s(?:la|las|los)|[Dd][eiua]|"
    r"[Dd]e[rnl]|[Dd]ell[ae]|[Dd]os|[Dd]as|[Ll][ae]|[Tt]e[nr]|[Zz]u[mr]?|[AaEe]l|[Aa][fv]|[Bb][ie]n|[Ii]bn|[Ss]t\.|"
    r"[Oo]p\sde|v\."
)
