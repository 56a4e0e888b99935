"""What went wrong with a document, in the words of ``parse_status`` and of the ``errors`` column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.document import Error
from stages.parse.ladder import RungFailure
from stages.parse.sandbox import Failure, Limits, Outcome

_LIMITS = frozenset({"timeout", "memory", "pages"})
_DOCUMENT = frozenset({"encrypted", "corrupt", "empty", "truncated"})


@dataclass(slots=True)
class Explained:
    """The status of a document and its errors; ``nothing`` says that there is no page to show."""

    status: str
    nothing: bool = False
    errors: list[Error] = field(default_factory=list)


def explain(outcome: Outcome, limits: Limits, rungs: Sequence[RungFailure] = ()) -> Explained:
    """Return status and errors of a document. What failed on ``rungs`` after the first leaves the status as it
    is: the pages have their first text."""
    explained = _explain(outcome, limits)
    explained.errors += _rung_errors(rungs)
    return explained


def _explain(outcome: Outcome, limits: Limits) -> Explained:
    whole = next((failure for failure in outcome.failures if failure.page is None), None)
    if whole is not None:
        code = "corrupt" if whole.code == "no_bytes" else whole.code
        return Explained(_status(code), True, [_error(code, _whole(whole, limits))])
    if not outcome.page_count:
        return Explained("empty", False, [_error("empty", "the PDF has no pages")])
    codes = Counter(failure.code for failure in outcome.failures)
    first: dict[str, Failure] = {}
    for failure in outcome.failures:
        first.setdefault(failure.code, failure)
    errors = [_error(code, _pages(first[code], count, outcome, limits)) for code, count in codes.items()]
    cut = outcome.page_count > limits.pages
    if cut:
        message = (
            f"the PDF has {outcome.page_count} pages, of which the first {limits.pages} were read: "
            "raise max_pages to have the rest"
        )
        errors.append(_error("pages", message))
    if outcome.cut_off and outcome.pages:
        message = "the end of the file is missing, and text may be missing with it: fetch the file again"
        errors.append(_error("truncated", message))
    if not outcome.pages:
        status = _status(next(iter(codes), "corrupt"))
        return Explained(status, True, errors)
    if not any(page.flags for page in outcome.pages):
        message = "no page has a text layer (a scan, perhaps): this document needs text recognition (OCR)"
        errors.append(_error("empty", message))
        return Explained("partial" if codes or cut else "empty", False, errors)
    return Explained("partial" if errors else "ok", False, errors)


_RUNG_LIMITS = ("timeout", "memory")
_RUNG_STAGE = ("crashed", "cannot_start")


def _rung_errors(failures: Sequence[RungFailure]) -> list[Error]:
    """One error for each rung and each way in which it failed."""
    groups: dict[tuple[str, str], list[RungFailure]] = {}
    for failure in failures:
        groups.setdefault((failure.rung, failure.code), []).append(failure)
    errors: list[Error] = []
    for (rung, code), group in groups.items():
        first = min(failure.page for failure in group) + 1
        which = f"{len(group)} pages, from page {first} on," if len(group) > 1 else f"page {first}"
        known = code in _RUNG_LIMITS or code in _RUNG_STAGE
        kind = "limit" if code in _RUNG_LIMITS else "document" if code in _DOCUMENT else "stage"
        what = {
            "timeout": "could not be read in time: raise page_timeout_s of the parser, or rung_timeout_s",
            "memory": "needed more memory than the parser may have: raise its memory_limit_mb",
            "crashed": "crashed the parser",
            "cannot_start": "could not be read, because the parser cannot start: docmill check tells more",
        }.get(code, f"failed ({code} at {group[0].place})" if group[0].place else f"failed ({code})")
        errors.append(
            {
                "stage": "parse",
                "kind": kind,
                "code": f"rung_{code}" if known else "rung_failed",
                "message": f"{rung}: {which} {what}; the text of the first reading was kept",
            }
        )
    return errors


def _status(code: str) -> str:
    return code if code in ("encrypted", "timeout", "memory") else "corrupt"


def _error(code: str, message: str) -> Error:
    kind = "limit" if code in _LIMITS else "document" if code in _DOCUMENT else "stage"
    return {"stage": "parse", "kind": kind, "code": code, "message": message}


def _whole(failure: Failure, limits: Limits) -> str:
    return {
        "encrypted": "the PDF is encrypted and none of the given passwords opens it: add one to passwords",
        "corrupt": "this is no readable PDF, or it is damaged beyond repair: fetch the file again",
        "no_bytes": "the file has 0 bytes: fetch it again",
        "timeout": f"opening the PDF took more than {limits.seconds:g} s: raise timeout_s",
        "memory": "opening the PDF needs more memory than it may have: raise memory_limit_mb",
        "crashed": "the PDF library crashed while it opened this file: convert it with another program",
    }.get(failure.code, f"the PDF could not be opened ({failure.code} at {failure.place or 'unknown place'})")


def _pages(failure: Failure, count: int, outcome: Outcome, limits: Limits) -> str:
    number = (failure.page or 0) + 1
    which = (
        f"{count} of {outcome.page_count} pages, from page {number} on," if count > 1 else f"page {number}"
    )
    return {
        "timeout": f"{which} could not be read in time: raise timeout_s or page_timeout_s",
        "memory": f"{which} needed more memory than it may have: raise memory_limit_mb",
        "crashed": f"the PDF library crashed on {which}: convert the file with another program",
        "corrupt": f"{which} cannot be read because the file is damaged there: fetch the file again",
    }.get(failure.code, f"{which} failed ({failure.code} at {failure.place or 'unknown place'})")
