"""The words of VuFind's pages in the languages it is run in: labels, headings, formats, roles and abbreviations.

Source: VuFind's record templates and its language files (English, German, French, Spanish, Italian, Finnish, Swedish,
Polish, Dutch).  Rows are language; a label may stand for two fields ("Beschreibung"), which its value then decides.
"""

from litbase.record.text import fold

CORE = {
    "en": "Published in=container|New Title=extra|Previous Title=extra|Main Author=author|Main Authors=author|"
          "Author=author|Authors=author|Corporate Author=corporate|Corporate Authors=corporate|Other Authors=others|"
          "Other Author=others|Contributors=others|Format=format|Language=language|Published=published|Edition=edition|"
          "Series=series|Subjects=subjects|Subject=subjects|Citations=extra|Online Access=online|Related Items=related|"
          "Tags=tags|Collection=extra|Call Number=extra",
    "de": "Veröffentlicht in=container|In=container|Späterer Titel=extra|Vorheriger Titel=extra|1. Verfasser=author|"
          "Hauptverfasser=author|1. VerfasserIn=author|HauptverfasserIn=author|HauptverfasserInnen=author|"
          "VerfasserIn=author|Verfasser=author|Autor=author|Autoren=author|Körperschaft=corporate|"
          "Körperschaften=corporate|Weitere Verfasser=others|Weitere VerfasserInnen=others|Weitere Beteiligte=others|"
          "Beteiligte=others|Format=format|Medienart=format|Sprache=language|Veröffentlicht=published|"
          "Ausgabe=edition|Auflage=edition|Schriftenreihe=series|Serie=series|Schlagworte=subjects|"
          "Schlagwörter=subjects|Zitate=extra|Online Zugang=online|Online-Zugang=online|Ähnliche Datensätze=related|"
          "Tags=tags|Bestand=extra|Signatur=extra",
    "fr": "Publié dans=container|Nouveau titre=extra|Titre précédent=extra|Auteur principal=author|"
          "Auteurs principaux=author|Auteur=author|Auteurs=author|Collectif d'auteurs=corporate|"
          "Collectivité auteur=corporate|Collectivités auteurs=corporate|Autres auteurs=others|Format=format|"
          "Langue=language|Publié=published|Édition=edition|Collection=series|Collections=series|Sujets=subjects|"
          "Sujet=subjects|Accès en ligne=online|Documents similaires=related|Tags=tags|Cote=extra",
    "es": "Publicado en=container|Nuevo título=extra|Título anterior=extra|Autor principal=author|"
          "Autores principales=author|Autor Principal=author|Autores Principales=author|Autor=author|"
          "Autor Corporativo=corporate|Autores Corporativos=corporate|Autor corporativo=corporate|"
          "Otros Autores=others|Otros autores=others|Formato=format|Lenguaje=language|Idioma=language|"
          "Publicado=published|Edición=edition|Colección=series|Serie=series|Materias=subjects|Temas=subjects|"
          "Acceso en línea=online|Ejemplares similares=related|Etiquetas=tags",
    "it": "Pubblicato in=container|Titolo successivo=extra|Titolo precedente=extra|Autore principale=author|"
          "Autori principali=author|Autore=author|Autori=author|Ente Autore=corporate|Ente autore=corporate|"
          "Enti autori=corporate|Altri autori=others|Natura=format|Formato=format|Lingua=language|"
          "Pubblicazione=published|Pubblicato=published|Edizione=edition|Serie=series|Soggetti=subjects|"
          "Accesso online=online|Documenti analoghi=related|Tags=tags",
    "fi": "Julkaisussa=container|Uusi nimeke=extra|Aiempi nimeke=extra|Päätekijä=author|Päätekijät=author|"
          "Tekijä=author|Tekijät=author|Yhteisötekijä=corporate|Yhteisötekijät=corporate|Muut tekijät=others|"
          "Aineistotyyppi=format|Formaatti=format|Kieli=language|Julkaistu=published|Painos=edition|"
          "Sarja=series|Aiheet=subjects|Linkit=online|Verkkoaineisto=online|Tagit=tags",
    "sv": "I publikationen=container|Publicerad i=container|Ny titel=extra|Tidigare titel=extra|"
          "Huvudupphovsman=author|Huvudupphovsmän=author|Huvudupphov=author|Upphovsman=author|"
          "Institutionell upphovsman=corporate|Institutionella upphovsmän=corporate|Övriga upphovsmän=others|"
          "Övriga upphov=others|Materialtyp=format|Språk=language|Publicerad=published|Utgåva=edition|Upplaga=edition|"
          "Serie=series|Ämnen=subjects|Länkar=online|Taggar=tags",
    "pl": "Wydane w=container|Nowy tytuł=extra|Poprzedni tytuł=extra|1. autor=author|Główny autor=author|"
          "Główni autorzy=author|Korporacja=corporate|Autor korporatywny=corporate|Kolejni autorzy=others|"
          "Format=format|Język=language|Wydane=published|Wydanie=edition|Seria=series|Hasła przedmiotowe=subjects|"
          "Dostęp online=online|Podobne zapisy=related|Etykiety=tags",
    "nl": "Gepubliceerd in=published|Nieuwe titel=extra|Vorige titel=extra|Hoofdauteur=author|Hoofdauteurs=author|"
          "Auteur=author|Coauteur=corporate|Corporatieve auteur=corporate|Andere auteurs=others|"
          "Formaat=format|Taal=language|Gepubliceerd=published|Editie=edition|Reeks=series|Onderwerpen=subjects|"
          "Online toegang=online|Gelijkaardige items=related|Tags=tags",
}  # fmt: skip
DETAIL = {
    "en": "Summary=summary|Abstract=summary|Published=dates|Item Description=note|Notes=note|"
          "Physical Description=extent|Publication Frequency=extra|Playing Time=extra|Format=extra|Audience=audience|"
          "Awards=extra|Production Credits=extra|Bibliography=extra|ISBN=isbn|ISSN=issn|EISSN=issn|DOI=doi|"
          "Related Items=related|Access=access|Finding Aid=extra|Publication_Place=place|Publication Place=place|"
          "Author Notes=extra|Call Number=extra|Peer Reviewed=peer",
    "de": "Zusammenfassung=summary|Veröffentlicht=dates|Beschreibung=note|Anmerkungen=note|Umfang=extent|"
          "Erscheinungshäufigkeit=extra|Spieldauer=extra|Zielpublikum=audience|Auszeichnungen=extra|"
          "Produktionsangaben=extra|Bibliographie=extra|ISBN=isbn|ISSN=issn|DOI=doi|Zugangseinschränkungen=access|"
          "Erscheinungsort=place|Verfasserangaben=extra",
    "fr": "Résumé=summary|Publié=dates|Description=note|Notes=note|Description matérielle=extent|Périodicité=extra|"
          "Durée=extra|Public=audience|Récompenses=extra|Bibliographie=extra|ISBN=isbn|ISSN=issn|DOI=doi|"
          "Accès=access|Lieu de publication=place|Notes sur l'auteur=extra",
    "es": "Sumario=summary|Resumen=summary|Publicado=dates|Notas=note|Descripción del ejemplar=note|"
          "Descripción Física=extent|Descripción física=extent|Público=audience|Bibliografía=extra|ISBN=isbn|"
          "ISSN=issn|DOI=doi|Acceso=access|Lugar de publicación=place",
    "it": "Riassunto=summary|Pubblicazione=dates|Descrizione del documento=note|Note=note|Descrizione fisica=extent|"
          "Pubblico=audience|Bibliografia=extra|ISBN=isbn|ISSN=issn|DOI=doi|Accesso=access|"
          "Luogo di pubblicazione=place",
    "fi": "Yhteenveto=summary|Julkaistu=dates|Huomautukset=note|Ulkoasu=extent|Kohderyhmä=audience|"
          "Bibliografia=extra|ISBN=isbn|ISSN=issn|DOI=doi|Pääsy=access|Julkaisupaikka=place",
    "sv": "Sammanfattning=summary|Publicerad=dates|Beskrivning=note|Anmärkningar=note|Fysisk beskrivning=extent|"
          "Målgrupp=audience|Bibliografi=extra|ISBN=isbn|ISSN=issn|DOI=doi|Åtkomst=access|Utgivningsort=place",
    "pl": "Streszczenie=summary|Wydane=dates|Opis pozycji=note|Uwagi=note|Opis fizyczny=extent|Odbiorca=audience|"
          "Bibliografia=extra|ISBN=isbn|ISSN=issn|DOI=doi|Dostęp=access|Miejsce wydania=place",
    "nl": "Samenvatting=summary|Gepubliceerd=dates|Beschrijving item=note|Opmerkingen=note|"
          "Fysieke beschrijving=extent|Publiek=audience|Bibliografie=extra|ISBN=isbn|ISSN=issn|DOI=doi|"
          "Toegang=access|Plaats van uitgave=place",
}  # fmt: skip
ALL_HEADINGS = {
    "core": "Bibliographic Details|Bibliographische Detailangaben|Bibliografische Detailangaben|"
            "Détails bibliographiques|Detalles Bibliográficos|Detalles bibliográficos|Dettagli Bibliografici|"
            "Dettagli bibliografici|Bibliografiset tiedot|Bibliografiska uppgifter|Opis bibliograficzny|"
            "Bibliografische gegevens",
    "detail": "More Information|Description|Details|Weitere Informationen|Beschreibung|Mehr Informationen|"
              "Plus d'informations|Información adicional|Más información|Descripción|Ulteriori informazioni|"
              "Descrizione|Lisätietoja|Kuvaus|Mer information|Beskrivning|Więcej informacji|Opis|Meer informatie|"
              "Omschrijving|Beschrijving",
    "tail": "Similar Items|Ähnliche Einträge|Documents similaires|Ejemplares similares|Documenti analoghi|"
            "Samankaltaisia teoksia|Liknande verk|Podobne zapisy|Gelijkaardige items",
    "full": "Full description|Ausführliche Beschreibung|Description complète|Descripción completa|"
            "Descrizione completa|Täydet tiedot|Full beskrivning|Pełny opis|Volledige beschrijving|"
            "Saved in|Gespeichert in|Enregistré dans|Guardado en|Salvato in|Tallennettuna|Sparad|Zapisane w|Bewaard in",
    "tool": "Cite this|Zitieren|Citer|Citer ceci|Citar|Viite|Text this|Als SMS versenden|Envoyer par SMS|"
            "Enviar este por SMS|Tekstiviesti|Email this|Als E-Mail versenden|Envoyer ceci|Envoyer par courriel|"
            "Enviar este por Correo electrónico|Sähköposti|Print|Drucken|Imprimer|Imprimir|Tulosta|Export Record|"
            "Datensatz exportieren|Exporter les notices|Exportar Registro|Vie tietue|Export to RefWorks|"
            "Export to EndNoteWeb|Export to EndNote|Export to BibTeX|Export to MARC|Export to MARCXML|Export to RIS|"
            "Export to RDF|Permanent link|Permalink|Permalien|Enlace permanente|Pysyvä linkki|Add to favorites|"
            "Zu den Favoriten|Ajouter aux favoris|Ajouter à vos favoris|Agregar a favoritos|Lisää suosikkeihin|"
            "Save to List|Add to Book Bag|Back to Search Results|Zurück zum Suchergebnis|QR Code|Cover Image|"
            "Book Cover|No Image|No cover image available|Kein Bild verfügbar|Skip to content|Zum Inhalt springen",
    "tag": "Add Tag|Tag hinzufügen|Ajouter un tag|Agregar Etiqueta|Lisää tagi|Lägg till tagg|"
           "No Tags, Be the first to tag this record!|Keine Tags, Fügen Sie den ersten Tag hinzu!|"
           "Pas de tags, Soyez le premier à ajouter un tag!|Sin Etiquetas, Sea el primero en etiquetar este registro!|"
           "Ei tageja, Lisää ensimmäinen tagi!",
    "furniture": "Cover|Buchumschlag|Couverture|Loading|Wird geladen|Holdings|Exemplare|Bestandsangaben|Exemplaires|"
                 "Existencias|Saatavuustiedot|Comments|Kommentare|Commentaires|Comentarios|Kommentit|Staff View|"
                 "Internformat|Affichage MARC|Vista Equipo|Henkilökuntanäyttö|Table of Contents|Inhaltsangabe|"
                 "Get full text|Volltext|Preview|Reviews|Login|Logout|Log Out|Your Account|Search|Suche|Advanced|Find|"
                 "Show more|Show less|Read more|Search Options|Search History|Advanced Search|Need Help?|Search Tips|"
                 "Ask a Librarian",
}  # fmt: skip
HEADINGS = {heading: kind for kind, names in ALL_HEADINGS.items() for heading in names.split("|")}

# (words of a format, CSL type, genre), the more telling first: "Conference Proceeding" before "Book"
FORMATS = (
    ("book chapter|chapter|book part|buchkapitel|kapitel|chapitre|chapitre de livre|capitulo de libro|capitulo|"
     "capitolo di libro|capitolo|kirjan luku|bokkapitel|rozdzial|hoofdstuk|aufsatz in buch", "chapter", ""),
    ("dissertation|thesis|electronic thesis or dissertation|hochschulschrift|abschlussarbeit|these|tesis|tesi|"
     "vaitoskirja|opinnayte|avhandling|rozprawa|proefschrift|diplomarbeit|habilitationsschrift",
     "thesis", "Dissertation"),
    ("conference paper|konferenzbeitrag|paper|meeting paper|communication|konferenzschrift beitrag",
     "paper-conference", ""),
    ("conference proceeding|conference proceedings|proceedings|tagungsbericht|konferenzschrift|actes de conference|"
     "actas de congreso|atti di convegno", "book", "Proceedings"),
    ("newspaper article|zeitungsartikel|article de journal|articolo di giornale", "article-newspaper", ""),
    ("journal article|magazine article|article|artikel|zeitschriftenartikel|aufsatz|elektronischer artikel|"
     "article de revue|articulo|articulo de revista|articolo|articolo di rivista|artikkeli|tidskriftsartikel|"
     "artykul|tijdschriftartikel|trade publication article|book review|review", "article-journal", ""),
    ("report|technical report|government document|bericht|rapport|informe|rapporto|raportti", "report", ""),
    ("web resource|website|web page|webseite|site web|sitio web|sito web", "webpage", ""),
    ("data set|dataset|datensatz|forschungsdaten", "dataset", ""),
    ("video|dvd|film|streaming video|motion picture|videorecording", "motion_picture", ""),
    ("software|computer file|computerprogramm", "software", ""),
    ("manuscript|manuskript|map|karte|musical score|partitur|archival material|photo|image|audio|"
     "audio recording|patent|standard|journal|zeitschrift|serial|newspaper|zeitung|reference", "document", "*"),
    ("book|ebook|e book|e-book|buch|elektronisches buch|livre|libro|libro electronico|kirja|e-kirja|bok|e-bok|ksiazka|"
     "boek|e-boek|monograph|book / ebook|book ebook|microfilm|mikrofilm", "book", ""),
)  # fmt: skip
FORMAT_WORDS = {word: (csl, genre) for words, csl, genre in FORMATS for word in words.split("|")}
FORMAT_ORDER = {word: number for number, (words, _, _) in enumerate(FORMATS) for word in words.split("|")}

ROLES = {
    fold(word): role
    for role, words in {
        "author": "author|creator|verfasser|verfasserin|autor|autorin|auteur|autore|tekijä|författare|"
                  "writer|joint author|coauthor|aut|beiträgerin",
        "editor": "editor|editors|editor of compilation|"
                  "ed|eds|edt|volume editor|series editor|issuing body|herausgeber|herausgeberin|"
                  "hrsg|hg|herausgebendes organ|éditeur scientifique|éditeur intellectuel|directeur de publication|"
                  "éditeur|dir|editor literario|compilador|coordinador|curatore|a cura di|toimittaja|redaktör|redaktor|"
                  "redacteur|compiler|comp|other",
        "translator": "translator|trl|übersetzer|übersetzerin|traducteur|traductor|traduttore|kääntäjä|översättare|"
                      "tłumacz|vertaler",
    }.items()
    for word in words.split("|")
}  # fmt: skip

NO_AUTHORS = frozenset(
    fold(word)
    for word in "illustrator|illustratorin|illustrateur|photographer|narrator|printer|publisher|verlag|sponsor|funder|"
    "writer of introduction|author of introduction|writer of foreword|writer of preface|writer of afterword|"
    "supervisor|thesis advisor|degree supervisor|thesis director|director de tesis|director|reviewer|"
    "akademischer betreuerin|berichterstatterin|host institution|"
    "betreuer|betreuerin|gutachter|gutachterin|akademischebetreuerin|"
    "directeur de thèse|rapporteur|degree granting institution|grad-verleihende institution".split("|")
)

VOLUME = ("Vol.", "Volume", "vol.", "Jg.", "Bd.", "Band", "Tom", "T.", "Årg.", "Vuosikerta", "Jrg.")
ISSUE = (
    "no.", "No.", "Nr.", "nr.", "H.", "Heft", "n°", "N°", "n.", "núm.", "Núm.", "nro", "z.", "Issue", "issue", "iss.",
)  # fmt: skip
PAGES = ("pp.", "p.", "S.", "Seiten", "Seite", "ss.", "s.", "págs.", "pág.", "str.", "blz.", "sivut", "pages", "page")


def _labels(table: dict[str, str]) -> dict[str, dict[str, str]]:
    return {language: dict(pair.rsplit("=", 1) for pair in row.split("|")) for language, row in table.items()}


CORE_LABELS = _labels(CORE)
DETAIL_LABELS = _labels(DETAIL)
LANGUAGES = tuple(CORE)


def language_of(lines: list[str]) -> str:
    """The language whose labels begin most of *lines*, two letters; "en" when none does."""
    scores = dict.fromkeys(LANGUAGES, 0.0)
    for line in lines[:1000]:
        for language in LANGUAGES:
            for table in (CORE_LABELS, DETAIL_LABELS):
                scores[language] += any(line.startswith(label) for label in table[language] if len(label) > 2)
    return max(LANGUAGES, key=lambda language: scores[language])


def labels(language: str, detail: bool, mixed: bool = False) -> dict[str, str]:
    """Label to field of one part of the page, untranslated ones included; longest labels first.

    With *mixed*, those of the other part are there too: libraries move rows from one table to the other.
    """
    table, other = (DETAIL_LABELS, CORE_LABELS) if detail else (CORE_LABELS, DETAIL_LABELS)
    merged = {**(other["en"] | other[language] if mixed else {}), **table["en"], **table[language]}
    return dict(sorted(merged.items(), key=lambda pair: -len(pair[0])))


def field_of(label: str, detail: bool) -> str:
    """The field that *label* stands for in any language; "" when it is no label of VuFind."""
    for table in (DETAIL_LABELS, CORE_LABELS) if detail else (CORE_LABELS, DETAIL_LABELS):
        for language in LANGUAGES:
            if label in table[language]:
                return table[language][label]
    return ""


def heading_of(line: str) -> str:
    """ "core", "detail", "tail" or "furniture" when *line* is a heading or a button of the page; "" otherwise."""
    return HEADINGS.get(line.strip().rstrip(".:…").strip(), "")


def format_of(values: list[str]) -> tuple[str, str]:
    """(CSL type, genre) of the Format lines; ("", "") when none is known."""
    found = []
    for value in values:
        words = fold(value).replace("-", " ").split()
        spans = {
            " ".join(words[i:j]) for i in range(min(len(words), 12)) for j in range(i + 1, min(len(words), 12) + 1)
        }
        found += [(FORMAT_ORDER[span], span) for span in spans | {fold(value)} if span in FORMAT_WORDS]
    if not found:
        return "", ""
    csl, genre = FORMAT_WORDS[min(found)[1]]
    return csl, values[0] if genre == "*" else genre
