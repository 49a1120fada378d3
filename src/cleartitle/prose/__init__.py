"""What the prose of a model card or README says about licenses, in the languages people write it in.

`read` finds the sections and sentences that bear on licenses, and leaves alone what speaks of other people's work.
To teach it a wording, add a pattern with its example sentences to a file of ``patterns/`` (see
`cleartitle.prose.patterns`).
"""

from __future__ import annotations

from cleartitle.prose.reader import read

__all__ = ["read"]
