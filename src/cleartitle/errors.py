"""Everything that can go wrong, in one tree.

Each error is one sentence for a person and, in :attr:`ClearTitleError.advice`, what to do next. A foreign exception
that reaches a caller is a bug: the parts that meet the outside wrap it in one of these.

.. code-block:: text

    ClearTitleError                 the root: catch this to catch all
    ├── UsageError                  the caller asked for something that cannot be (exit code 2)
    │   ├── BadReference            not a reference to a model
    │   └── DataError               a file or value has not the shape it must have; carries its dotted path
    │       └── ManyDataErrors      all the mistakes of one file at once
    ├── NotClear                    a model is not clear (`cleartitle.guard`; exit code 1 or 3)
    └── SourceError                 a source could not answer (exit code 4)
        ├── NotFound                no such repository, revision or file
        ├── AccessDenied            private, or the token is wrong
        ├── RateLimited             asked too often; carries the seconds to wait
        ├── ServerFailed            the source itself failed (5xx) or its answer makes no sense
        ├── TimedOut                no answer in time
        ├── Unreachable             no connection, or offline was asked for
        └── TooLarge                more bytes than we are willing to read
"""

from __future__ import annotations

from collections.abc import Iterable


class ClearTitleError(Exception):
    """The root of the tree: a sentence, and what to do next.

    >>> error = ClearTitleError("no license text", advice="ask the publisher for it")
    >>> str(error), error.advice
    ('no license text', 'ask the publisher for it')
    """

    advice: str = ""
    exit_code: int = 70

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        if advice:
            self.advice = advice

    def __str__(self) -> str:
        return self.message


class UsageError(ClearTitleError):
    """The caller asked for something that cannot be.

    >>> from cleartitle import save, analyze, OFFLINE
    >>> save(analyze("microsoft/phi-2", source=OFFLINE), "/nowhere/found.json")
    Traceback (most recent call last):
    ...
    cleartitle.errors.UsageError: cannot write /nowhere/found.json: No such file or directory
    """

    exit_code = 2


class BadReference(UsageError):
    """A string does not name an artifact.

    >>> from cleartitle.vocabulary.reference import ModelRef
    >>> ModelRef.parse("too/many/parts")
    Traceback (most recent call last):
    ...
    cleartitle.errors.BadReference: 'too/many/parts' is not the name of a Hub repository
    """

    advice = "write owner/name, hf:owner/name@revision, ollama:name:tag, ms:owner/name, or a path"


class DataError(UsageError):
    """A file or value has not the shape it must have.

    *path* is the dotted place inside it, outermost first.

    >>> str(DataError("expected a string, got a list", path="terms.duties[2].text"))
    "expected a string, got a list at 'terms.duties[2].text'"
    """

    def __init__(self, message: str, *, path: str = "", advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.path = path

    def within(self, outer: str) -> DataError:
        """Return the same error seen from one level further out."""
        joint = "" if self.path.startswith("[") or not self.path else "."
        return DataError(self.message, path=f"{outer}{joint}{self.path}", advice=self.advice)

    def __str__(self) -> str:
        return f"{self.message} at {self.path!r}" if self.path else self.message


class ManyDataErrors(DataError):
    """All mistakes of one file, so that they can be mended in one go.

    >>> wrong = ManyDataErrors([DataError("no key", path="id"), DataError("is empty", path="name")], where="x.toml")
    >>> [error.path for error in wrong.errors]
    ['id', 'name']
    """

    def __init__(self, errors: Iterable[DataError], *, where: str) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(f"{where}: {error}" for error in self.errors))


class SourceError(ClearTitleError):
    """A source (a hub, a folder, a cache) could not answer.

    >>> NotFound("there is no owner/poet").exit_code
    4
    """

    exit_code = 4


class NotFound(SourceError):
    """No such repository, revision or file, or it is private and we may not know that it exists.

    >>> from cleartitle import OFFLINE, analyze
    >>> analyze("nobody/has-this", source=OFFLINE)
    Traceback (most recent call last):
    ...
    cleartitle.errors.NotFound: the atlas does not know nobody/has-this
    """

    advice = "check the spelling and the revision; for a private repository give a token (HF_TOKEN)"


class AccessDenied(SourceError):
    """The source knows us too little: private repository, missing or wrong token.

    >>> AccessDenied("owner/poet is private").advice
    'give a token with read access (HF_TOKEN, or `hf auth login`)'
    """

    advice = "give a token with read access (HF_TOKEN, or `hf auth login`)"


class RateLimited(SourceError):
    """Asked too often. *retry_after* is in seconds, or None where the source did not say.

    >>> RateLimited("asked too often", retry_after=30.0).retry_after
    30.0
    """

    advice = "wait and ask again; a token raises the limit"

    def __init__(self, message: str, *, retry_after: float | None = None, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.retry_after = retry_after


class ServerFailed(SourceError):
    """The source failed (5xx), or its answer makes no sense.

    >>> str(ServerFailed("the Hub answered 502"))
    'the Hub answered 502'
    """

    advice = "ask again later; if it stays so, report it to the operator of the source"


class TimedOut(SourceError):
    """No answer in time.

    >>> TimedOut("no answer within 10 seconds").exit_code
    4
    """

    advice = "ask again, or raise the limit with HF_HUB_DOWNLOAD_TIMEOUT (seconds)"


class Unreachable(SourceError):
    """No connection to the source, or offline was asked for.

    >>> issubclass(Unreachable, SourceError)
    True
    """

    advice = "check the network and HF_ENDPOINT, or use --offline for what the atlas and the cache know"


class TooLarge(SourceError):
    """More bytes than we are willing to read.

    >>> TooLarge("LICENSE has 9 GB").advice
    'look at the file by hand'
    """

    advice = "look at the file by hand"
