"""The embedded engine: Whoosh's index, with segments of flat arrays and an evaluator that works on whole arrays.

Whoosh keeps the schema, the table of contents, the segments' entries in it and a codec
through which it opens and searches the index itself.  From the ground up:

    arrays    a file of named arrays, each with its check sum        guard     an allow list for Whoosh's pickles
    strings   sorted byte strings: terms, values, ids, titles         schema    FIELDS as Whoosh sees them
    content   a segment in memory, and how it is written              columns   a facet: the values of each document
    spelled   words as written into terms, stems and places           builder   documents into a segment
    segment   an opened segment                                       snapshot  all segments at one moment, statistics
    places    phrases and NEAR       words    one word's matches      compile   a query tree as a function of a segment
    values    facet values over all segments                          facets    counting them
    search    a request answered     suggest  beginnings, spellings   merging   segments into one
    commit    one change             storage  files, manifest         engine    the Engine protocol
    codec     how Whoosh reads it

Importing this package puts Whoosh's unpickling behind the allow list.
"""

from litbase.index.whoosh import guard

guard.install()
