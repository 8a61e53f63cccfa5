"""The embedded engine: Whoosh's segments and tables of contents, with postings and columns as arrays.

Importing this package puts Whoosh's unpickling behind an allow list (guard.py).
"""

from litbase.index.whoosh import guard

guard.install()
