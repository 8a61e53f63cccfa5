"""The query language by example: the one table that the search help and the README show.

Every row can be tried.  The words are those of the records a new library begins with.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Example:
    """Something to type, and what it finds."""

    typed: str
    finds: str


EXAMPLES: Final = (
    Example("learning communities", "Records with both words, in any form, in title, authors, descriptors, source or text."),
    Example('"learning communities"', "The words side by side, in that order, just as written."),
    Example("boundaries OR networks", "Either word. AND, OR and NOT may be written in small letters."),
    Example("leaders -principals", "Leaders, without principals; NOT says the same."),
    Example("(boundaries OR networks) AND leaders", "Brackets say what belongs together; AND may be left out."),
    Example("teacher NEAR/5 network", "The words, in any form, at most five words apart, whichever comes first; up to NEAR/99. NEAR alone is NEAR/5."),
    Example("title:(learning NEAR/3 communities)", "Near each other in one field. NEAR joins single words; beside a phrase it is read as AND."),
    Example("title:boundaries", "The word in the title. The table of fields names all others; t:, a: and de: are short for title:, author: and descriptor:."),
    Example("descriptor:(practices OR partnerships)", "One field for everything in the brackets."),
    Example('descriptor:="Communities of Practice"', "Exactly this descriptor, as its filter lists it, and none that only holds the words. Every filter can be asked so; a quotation mark inside is written twice."),
    Example('author:"mehta, jal"', 'One person, as the name is filed; author:"jal mehta" finds the same, author:mehta every Mehta.'),
    Example("author:^mehta", "Records of which Mehta is the first author."),
    Example("network*", "Words that begin with network; two letters are the least."),
    Example("-doi:*", "Records without a DOI. A field with a star alone finds what has anything in it: author:*, abstract:*."),
    Example("=learning", "Exactly this form of the word, and no other name of it."),
    Example("éducation", "Accents make no difference: this finds education, Ozgur finds Özgür, Muller and Mueller find Müller."),
    Example("year:2015-2019", "A range of years; year:2019, year:..2010, year:2020.., year:>2015, year:2015/16 and year:1990s also work."),
    Example("type:chapter", 'One record type; a quoted label, as in type:"Book chapter", says the same.'),
    Example("has:link", "Records with a link to the text; also has:fulltext, has:doi, has:abstract. peer:yes keeps what is peer reviewed."),
    Example('pubyearmin:2010 publicationtype:"Journal Articles"', "ERIC's own names of fields; also pubyearmax:, pubyear:, educationlevel:, peerreviewed:T, fulltextavailable:T."),
    Example("EJ1223055", "The record with that ERIC number; a DOI, ISBN or ISSN works too."),
)  # fmt: skip
