"""The form in which a record is typed: the fields of each kind of work, what is typed in them, and what that changes.

`form_of` shows a record as a form, `read` makes a record of it, `changes` says what of the record that would change,
`flaws` what is wrong with what was typed; `add_typed` keeps a new record, `settle` puts two editors' versions together.
"""

from litbase.library.forms.checking import Flaw, flaws, good
from litbase.library.forms.fields import PEOPLE, Field, Section, called, sections
from litbase.library.forms.form import ROLES, Form, Person, form_of, kind_name
from litbase.library.forms.reading import Read, changes, names_in, read
from litbase.library.forms.settling import Settled, Side, settle
from litbase.library.forms.terms import Term, Terms, put_right, terms
from litbase.library.forms.typing import Known, add_typed, known, typed_before

__all__ = [
    "PEOPLE", "ROLES", "Field", "Flaw", "Form", "Known", "Person", "Read", "Section", "Settled", "Side", "Term",
    "Terms", "add_typed", "called", "changes", "flaws", "form_of", "good", "kind_name", "known", "names_in",
    "put_right", "read", "sections", "settle", "terms", "typed_before",
]  # fmt: skip
