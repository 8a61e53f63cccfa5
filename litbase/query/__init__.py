"""The query: its tree, the text it is typed as, and all that a page's address says of a search."""
