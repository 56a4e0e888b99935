"""What to do about an error, for the person who runs the job. The messages of single errors say more."""

from __future__ import annotations

_BY_CODE = {
    "encrypted": "Give the password in the options of parse, or have the file saved without one.",
    "corrupt": "Fetch the file again; if it opens in a viewer, save it anew from there.",
    "truncated": "Fetch the file again: it seems to have been cut short.",
    "empty": "A scan without a text layer, or no content: needs text recognition (OCR).",
    "timeout": "Raise the time limit in the options of the stage, or leave these files out.",
    "memory": "Raise the memory limit in the options of the stage, or leave these files out.",
    "pages": "Raise max_pages in the options of parse to read the rest.",
    "crashed": "Convert the file with another program, then run again.",
    "too_large": "Raise input.max_document_bytes, or cut the file into smaller ones.",
    "wrong_encoding": "Set input.encoding, or convert the file to UTF-8.",
    "bad_json": "Mend the lines named below: one JSON object per line.",
    "bad_record": "Mend the records named below, or map fields with input.rename.",
    "no_text": "Name the field or column that holds the text with input.rename.",
    "no_content": "Name the column that holds the text with input.rename, or leave these rows out.",
    "rung_timeout": "The first text was kept. Raise page_timeout_s of the parser, or rung_timeout_s.",
    "rung_memory": "The first text was kept. Raise memory_limit_mb of the parser.",
    "rung_crashed": "The first text was kept. Leave the parser out of rungs if it crashes often.",
    "rung_cannot_start": "The first text was kept. docmill check says what the parser lacks.",
    "rung_failed": "The first text was kept. Try the parser by hand on one of these documents.",
    "prompt_too_long": "Lower chunks.tokens of rephrase, or take a model with a longer context.",
    "endpoint_timeout": "Raise endpoint.timeout_s of rephrase, or lower endpoint.concurrency.",
    "endpoint_connection": "See the server's log; run again with --overwrite: what was answered is kept.",
    "endpoint_answer": "Check that endpoint.base_url is a chat interface; see the server's log.",
    "endpoint_content_filter": "The server's filter held the answer back.",
    "endpoint_status_400": "The server refused the request: lower chunks.tokens if its context is too short.",
    "endpoint_status_429": "The server had too much to do: lower endpoint.concurrency, raise endpoint.retries.",
    "unreadable": "Check that the file exists and may be read.",
}
_BY_KIND = {
    "document": "The document itself cannot be used as it is: mend it or leave it out.",
    "limit": "A limit of the configuration was reached: raise it, or leave these documents out.",
    "stage": "A defect of docmill or of a library: please report it with the message and the versions below.",
}


def advice(code: str, kind: str) -> str:
    """One sentence."""
    if code.startswith("endpoint_"):
        return _BY_CODE.get(code) or "See the log of the server that rephrase asks."
    if kind == "stage" and code not in ("crashed", "pages") and not code.startswith("rung_"):
        return _BY_KIND["stage"]
    return _BY_CODE.get(code) or _BY_KIND.get(kind) or _BY_KIND["document"]
