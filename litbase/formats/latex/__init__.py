"""LaTeX as it stands in BibTeX files, and the text it means."""
