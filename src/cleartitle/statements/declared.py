"""What a card's ``license``, ``license_name`` and ``license_link`` say together."""

from __future__ import annotations

from cleartitle.catalog import resolve
from cleartitle.vocabulary.statement import Expression, One, Unclear, Unknown, licenses


def declared(tags: list[str], named: str | None, linked: str | None) -> Expression:
    """Return what a card's ``license``, ``license_name`` and ``license_link`` say together.

    ``other`` defers to the name, an unknown name to the link; a name or a link beside another license contradicts it.

    >>> declared(["other"], "llama3.1", None)
    One(license='LicenseRef-Meta-Llama-3.1-Community')
    """
    tag = resolve.several(tags) if tags else resolve.name("")
    candidates = [resolve.name(named)] if named else []
    candidates += [resolve.link(linked)] if linked and "/" in linked else []
    if not isinstance(tag, Unknown):
        others = [c for c in candidates if licenses(c) and not set(licenses(c)) & set(licenses(tag))]
        reason = f"the card says license: {', '.join(tags)}, and names another one beside it"
        return Unclear(of=(tag, *others), reason=reason) if others else tag
    known = [c for c in candidates if isinstance(c, One)] + [c for c in candidates if isinstance(c, Unclear)]
    if known:
        return known[0]
    if named or linked:
        said = named or linked or ""
        settle = f"read {linked}" if linked else f"the text of the license {said!r}, from the publisher"
        return Unknown(reason=f"the catalog knows no license {said!r}", said=said, settle=settle)
    if tags and tag.said and resolve.names_something(tag.said):
        return tag
    reason = f"the card says license: {', '.join(tags)}, without a name, a link or a text" if tags else tag.reason
    return Unknown(reason=reason, said=", ".join(tags), settle="the license text, from the publisher")
