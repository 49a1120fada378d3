"""A license that binds the deployment, and the lineage path it came along."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from cleartitle.catalog import anchors
from cleartitle.vocabulary.artifact import TextFile
from cleartitle.vocabulary.evidence import Evidence, Method
from cleartitle.vocabulary.license import License
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Modality
from cleartitle.vocabulary.terms import Clause


class Portion(StrEnum):
    """How much of the terms travels."""

    ALL = "all"
    """The artifact is, or contains, the licensed work."""
    OUTPUTS = "outputs"
    """Only what the license says of outputs and of training other models."""
    DATA = "data"
    """A dataset's license: reported, at most a review."""


@frozen(kw_only=True)
class Binding:
    """One license, on one artifact of the lineage."""

    license: License
    path: tuple[ModelRef, ...]
    modality: Modality = Modality.UNKNOWN
    portion: Portion = Portion.ALL
    copy: TextFile | None = None
    """The license text as it stands in the artifact, to quote from."""

    @property
    def derivative(self) -> bool:
        """Whether the artifact asked about is a derivative of the licensed one."""
        return len(self.path) > 1

    def cite(self, clause: Clause) -> tuple[Evidence, ...]:
        """Return where *clause* was read: in the copy at hand, else in the catalog, by its section and words."""
        if clause.evidence:
            return clause.evidence
        if self.copy and clause.anchor:
            quoted = anchors.quote(clause.anchor, self.copy.text, artifact=self.path[-1], path=self.copy.path)
            if quoted:
                return (quoted,)
        place = f"{self.license.id} section {clause.section}" if clause.section else str(self.license.id)
        return (Evidence(method=Method.CATALOG, artifact=self.path[-1], path=place, quote=clause.anchor),)
