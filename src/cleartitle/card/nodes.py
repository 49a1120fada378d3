"""The values of a front matter: what was written, and where. Nothing is converted: ``no`` stays ``no``, 1.0 ``1.0``."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from cleartitle.vocabulary.evidence import Span

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@frozen(kw_only=True)
class Scalar:
    """One value.

    >>> value = Scalar(text="Apache-2.0", span=Span.of("license: Apache-2.0", 9, 19))
    >>> value.normal, value.empty
    ('apache-2.0', False)
    """

    text: str
    """The value as written; without quotes, and unfolded where it runs over several lines."""
    span: Span
    """Where it stands, without quotes and without the ``|`` of a block."""
    plain: bool = True
    """Written without quotes and not as a block."""

    @property
    def normal(self) -> str:
        """The form in which the Hub makes a tag of it."""
        return self.text.strip().lower()

    @property
    def empty(self) -> bool:
        """Whether nothing was said: no text, or YAML's null."""
        return not self.text.strip() or (self.plain and self.text in _NULLS)


@frozen(kw_only=True)
class ListNode:
    """A list."""

    items: tuple[Node, ...]
    span: Span

    @property
    def scalars(self) -> tuple[Scalar, ...]:
        """The items that are single values."""
        return tuple(item for item in self.items if isinstance(item, Scalar))


@frozen(kw_only=True)
class Field:
    """A key and what stands under it."""

    key: Scalar
    value: Node

    @property
    def name(self) -> str:
        """The key itself."""
        return self.key.text


@frozen(kw_only=True)
class MapNode:
    """Keys with values, in the order of the text; a repeated key is kept every time."""

    fields: tuple[Field, ...]
    span: Span

    def get(self, name: str) -> Node | None:
        """Return the value of the last field with this name, or None."""
        return next((field.value for field in reversed(self.fields) if field.name == name), None)


Node: TypeAlias = Scalar | ListNode | MapNode
