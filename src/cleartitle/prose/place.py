"""Where a sentence stands, and what else is known when it is read."""

from __future__ import annotations

from attrs import field, frozen

from cleartitle.prose.markdown import Form
from cleartitle.prose.sections import Section
from cleartitle.vocabulary.prose import Subject


@frozen(kw_only=True)
class Place:
    """Where a sentence stands."""

    unit: int
    section: Section
    form: Form
    heading: Subject | None = None
    lead: tuple[Subject, ...] = ()
    """What the sentence before a list is about."""
    lead_low: str = ""
    before: tuple[Subject, ...] = ()
    """What the sentence before in the paragraph is about: what "it" means."""
    told: tuple[Subject, ...] = ()
    """What all sentences before in the section are about, where that is one thing."""
    head: bool = False
    """Whether it is the first row of a table, which names the columns."""
    columns: tuple[str, ...] = ()
    """What heads the columns of the table that a row stands in, in lower case."""
    models: bool = False
    """Whether the section lists the models that are released here."""
    title: str = ""
    """The title of the text, in lower case: its own name."""
    own: frozenset[str] = field(default=frozenset())
    """Families of models that the title names: those are this project, not upstream."""
