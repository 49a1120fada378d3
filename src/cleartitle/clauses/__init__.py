"""Any license or policy text, known or unknown, English or Chinese, to terms with the sentences that say so.

To teach it a wording, add a pattern to a file of ``patterns/`` (see `cleartitle.clauses.patterns`).
"""

from __future__ import annotations

from cleartitle.clauses.nature import Problem
from cleartitle.clauses.reader import Reading, Unclear, read
from cleartitle.clauses.touched import touched

__all__ = ["Problem", "Reading", "Unclear", "read", "touched"]
