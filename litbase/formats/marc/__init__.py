"""MARC 21 and UNIMARC in their three shapes, and MARCXML written."""
