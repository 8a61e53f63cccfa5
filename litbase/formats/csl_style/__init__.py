"""Bibliographies in a style that a person has as a CSL file, printed by pandoc (the extra `litbase[csl]`)."""
