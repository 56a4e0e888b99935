"""What went wrong with a document, in the words of ``parse_status`` and of the ``errors`` column."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipeline.document import Error
from stages.parse.sandbox import Failure, Limits, Outcome

_LIMITS = frozenset({"timeout", "memory", "pages"})
_DOCUMENT = frozenset({"encrypted", "corrupt", "empty", "truncated"})


@dataclass(slots=True)
class Explained:
    """The status of a document and its errors; ``nothing`` says that there is no page to show."""

    status: str
    nothing: bool = False
    errors: list[Error] = field(default_factory=list)


def explain(outcome: Outcome, limits: Limits) -> Explained:
    """Return status and errors of a document."""
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
