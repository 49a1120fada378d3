"""The Hub client's many exceptions as the few of ours."""

from __future__ import annotations

from cleartitle.errors import AccessDenied, NotFound, RateLimited, ServerFailed, SourceError, TimedOut, Unreachable
from cleartitle.vocabulary.reference import ModelRef


def wrap(error: Exception, ref: ModelRef) -> SourceError | None:
    """Return the error of ours for one of the Hub client's; None for what is no failure of a source."""
    if isinstance(error, SourceError):
        return error
    return _of_the_hub(error, ref) or _of_the_wire(error, ref.short)


def pause_before_retry(error: SourceError, attempt: int) -> float | None:
    """Return the seconds to wait before asking again, or None where asking again is no use."""
    if isinstance(error, RateLimited) and error.retry_after is not None:
        return error.retry_after
    return 0.5 * 2.0**attempt if isinstance(error, (RateLimited, ServerFailed)) else None


def _of_the_hub(error: Exception, ref: ModelRef) -> SourceError | None:
    from huggingface_hub import errors

    name = ref.short
    match error:
        case errors.OfflineModeIsEnabled():
            return Unreachable(f"{name} was not asked for: HF_HUB_OFFLINE is set")
        case errors.GatedRepoError():
            return AccessDenied(
                f"{name} is gated: its files open once its terms are accepted",
                advice=f"accept the terms on the page of {name}, then give a token (HF_TOKEN)",
            )
        case errors.DisabledRepoError():
            return AccessDenied(f"access to {name} is disabled by the Hub", advice="ask the publisher")
        case errors.RevisionNotFoundError():
            return NotFound(f"{name} has no revision {ref.revision!r}", advice="check the commit, branch or tag")
        case errors.RepositoryNotFoundError():
            return NotFound(f"the Hub has no repository {name}, or it is private")
        case errors.EntryNotFoundError():
            return NotFound(f"the file is not in {name}")
        case errors.HfHubHTTPError():
            return _status(error.response.status_code, error.response.headers.get("Retry-After"), name)
        case errors.HFValidationError():
            return NotFound(f"{name!r} is not a name the Hub could have")
        case _:
            return None


def _of_the_wire(error: Exception, name: str) -> SourceError | None:
    """Tell failures of the client's HTTP library apart by name: it has changed before, and is not ours to import."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if kinds & {"TimeoutException", "TimeoutError"}:
        return TimedOut(f"the Hub did not answer in time about {name}")
    if "LocalProtocolError" in kinds:
        return AccessDenied("the token is malformed", advice="check HF_TOKEN")
    if kinds & {"TransportError", "ConnectionError"}:
        return Unreachable(f"the Hub cannot be reached (asked for {name})")
    if isinstance(error, (ValueError, KeyError, TypeError, AttributeError)):
        return ServerFailed(f"the Hub's answer about {name} makes no sense")
    return None


def _status(status: int, retry_after: str | None, name: str) -> SourceError:
    match status:
        case 429:
            seconds = float(retry_after) if retry_after and retry_after.isdigit() else None
            return RateLimited(f"the Hub limits how often it is asked (at {name})", retry_after=seconds)
        case 401 | 403:
            return AccessDenied(f"the Hub denies access to {name} ({status})")
        case 404:
            return NotFound(f"the Hub has no {name}")
        case _:
            return ServerFailed(f"the Hub failed on {name} ({status})")
