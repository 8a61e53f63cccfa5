"""Formats of a tag and a value a line: RIS, NBIB, Refer, Web of Science."""
