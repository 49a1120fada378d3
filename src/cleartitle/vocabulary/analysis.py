"""The answers as whole values: what was found, and what was made of it."""

from __future__ import annotations

from attrs import evolve, field, frozen
from attrs.validators import in_

from cleartitle._version import SCHEMA_VERSION, __version__
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.lineage import Children, Lineage
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.publisher import Origins
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.verdict import Verdict


@frozen(kw_only=True)
class Analysis:
    """What was found of a model: enough to judge it again under another deployment, offline.

    >>> import cleartitle
    >>> found = cleartitle.analyze("microsoft/phi-2", source=cleartitle.OFFLINE)
    >>> found.lineage.root.short, found.origins
    ('microsoft/phi-2', None)
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    lineage: Lineage
    origins: Origins | None = None
    """Who published the artifacts of the lineage, and where; None where that was not asked (``trace`` asks)."""
    children: Children | None = None
    """What was made from the artifact; None where that was not asked (``trace --down`` asks)."""

    def slim(self) -> Analysis:
        """Return the same analysis without the files that were read; what was concluded from them stays."""
        nodes = (evolve(n, artifact=evolve(n.artifact, texts=()) if n.artifact else None) for n in self.lineage.nodes)
        return evolve(self, lineage=evolve(self.lineage, nodes=tuple(nodes)))


@frozen(kw_only=True)
class Check:
    """A verdict, with the question it answers and the analysis it rests on.

    >>> import cleartitle
    >>> answer = cleartitle.check("microsoft/phi-2", Deployment(commercial=True), source=cleartitle.OFFLINE)
    >>> str(answer.verdict.outcome), answer.deployment.commercial
    ('review', True)
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    verdict: Verdict
    deployment: Deployment
    policy: Policy = Policy()
    analysis: Analysis


@frozen(kw_only=True)
class Bound:
    """A license, and the artifacts of a lineage that brought it.

    >>> from cleartitle import catalog
    >>> Bound(license=catalog.get("MIT"), path=(ModelRef.hub("microsoft/phi-2"),)).license.name
    'MIT License'
    """

    license: License
    path: tuple[ModelRef, ...] = ()
    """From the artifact asked about to the licensed one; empty where a text or an id was asked about."""


@frozen(kw_only=True)
class TermsAnswer:
    """The licenses of a model with its ancestors, or of a text: what ``cleartitle terms --format json`` prints.

    >>> from cleartitle import catalog
    >>> [each.license.id for each in TermsAnswer(licenses=(Bound(license=catalog.get("MIT")),)).licenses]
    ['MIT']
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    licenses: tuple[Bound, ...]
    remark: str = ""
    """Of a text: what it is, where it is not simply a license of the catalog."""
