"""The document row: every column that docmill itself writes, with its Arrow type and its meaning.

One row is one document from end to end. Stages add columns; nothing fans out. Spans are offsets in
Unicode code points into ``text`` (what ``text[start:end]`` means in Python), end exclusive.
This module imports pyarrow and nothing of ours; stages may import it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypedDict

import pyarrow as pa


class Error(TypedDict):
    """One entry of the ``errors`` column. It never holds text of the document."""

    stage: str  # "read" or the name of a stage
    kind: str  # whose matter it is: one of ERROR_KINDS
    code: str  # stable word to count by: "encrypted", "timeout", "ValueError" ...
    message: str  # one line for a person, without document text


ERROR_KINDS = (
    "document",  # the document itself is unusable: encrypted, corrupt, not UTF-8
    "limit",  # a bound was reached: time, memory, size
    "stage",  # the stage failed on this row: a defect of docmill or of a library
)

ERROR = pa.struct(
    [
        pa.field("stage", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("message", pa.string(), nullable=False),
    ]
)
ERRORS = pa.list_(ERROR)

PROVENANCE = pa.struct(
    [
        pa.field("docmill", pa.string()),  # version of docmill
        pa.field("fingerprint", pa.string()),  # of the configuration, see pipeline/fingerprint.py
        pa.field(
            "stages",
            pa.list_(
                pa.struct(
                    [
                        pa.field("stage", pa.string()),
                        pa.field("version", pa.string()),
                        pa.field("model_sha256", pa.list_(pa.string())),
                        # this row's even share of the wall time of its batch, in seconds
                        pa.field("seconds", pa.float64()),
                    ]
                )
            ),
        ),
    ]
)

BBOX = pa.struct(
    # PDF points (1/72 inch), origin at the top left of the page as displayed, y grows downwards
    [(side, pa.float32()) for side in ("x0", "y0", "x1", "y1")]
)

TABLE_CELL = pa.struct(
    [
        pa.field("row", pa.int32()),  # from 0
        pa.field("column", pa.int32()),
        pa.field("row_span", pa.int32()),  # how many rows it takes: 1, more where cells are merged
        pa.field("column_span", pa.int32()),
        pa.field("text", pa.string()),  # on one line
    ]
)

TABLE = pa.struct(
    [
        pa.field("bbox", BBOX),
        pa.field("rows", pa.int32()),
        pa.field("columns", pa.int32()),
        pa.field("cells", pa.list_(TABLE_CELL)),
        # span of `text` as parse or layout wrote it: the table in Markdown; null when layout dropped it
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
    ]
)

PAGE = pa.struct(
    [
        pa.field("number", pa.int32()),  # from 1
        pa.field("width", pa.float32()),  # points, as displayed (after rotation)
        pa.field("height", pa.float32()),
        pa.field("rotation", pa.int16()),  # degrees clockwise: 0, 90, 180, 270
        # the page's span of `text` as parse or layout wrote it; empty when nothing of the page is in it
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("parser", pa.string()),  # which rung made the page's text
        # of the text that was kept, 0 to 1; null when nothing predicted it
        pa.field("predicted_quality", pa.float32()),
        pa.field("cost_cpu_s", pa.float32()),  # CPU seconds spent on the page, by all parsers together
        pa.field("status", pa.string()),  # one of PARSE_STATUSES
        # what came of the page's second reading, one of RUNG_STATUSES; null when no other rung was asked
        pa.field("rung_status", pa.string()),
        pa.field("cheap_quality", pa.float32()),  # predicted for the first rung's text
        pa.field("tables", pa.list_(TABLE)),  # found by the rungs that look for them
        # of cost_cpu_s, what the second reading took, also when it failed; null when no other rung was asked
        pa.field("rung_cost_cpu_s", pa.float32()),
    ]
)

LINE = pa.struct(
    [
        pa.field("page", pa.int32()),  # from 1
        pa.field("bbox", BBOX),
        # span of `text` as parse or layout wrote it; null when layout dropped the line
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        # what stood at the end of the line and was taken out to join a divided word; "" when nothing
        # was. text[start:end] + hyphen is the line as printed; of a dropped line, the label's text counts.
        pa.field("hyphen", pa.string()),
        pa.field("font_size", pa.float32()),  # points as displayed
        pa.field("bold", pa.bool_()),
        pa.field("italic", pa.bool_()),
        pa.field("label", pa.string()),  # by layout, one of models.line_labeller.labels.LABELS; null before
        pa.field("label_probability", pa.float32()),  # of that label, by the model
        # of a line that layout dropped: its span of the text of its label in `label_texts`; null for others
        pa.field("label_start", pa.int32()),
        pa.field("label_end", pa.int32()),
    ]
)

SECTION = pa.struct(
    [
        # the section lies between this heading and the next; null before the first heading
        pa.field("heading", pa.string()),
        pa.field("level", pa.int32()),  # from 1; 0 without a heading
        # what it is about where the heading says so, a table of stages/layout/section_kinds.toml
        pa.field("kind", pa.string()),
        pa.field("start", pa.int32()),  # span of `text`, heading included; sections ascend and are disjoint
        pa.field("content", pa.int32()),  # where the first line after the heading begins
        pa.field("end", pa.int32()),
        pa.field("first_line", pa.int32()),  # the first and the last of its lines in `lines`, from 0
        pa.field("last_line", pa.int32()),
        pa.field("page", pa.int32()),  # number of the page on which it begins
    ]
)

LABEL_TEXT = pa.struct(
    [
        pa.field("label", pa.string()),
        pa.field("kept", pa.bool_()),  # whether its lines are in `text`
        pa.field("text", pa.string()),  # all lines of the label, joined as those of `text` are
        pa.field("lines", pa.int32()),  # how many
        pa.field("first_page", pa.int32()),  # number of the first page with such a line, and of the last one
        pa.field("last_page", pa.int32()),
    ]
)

PARSE_STATUSES = (
    "ok",
    "partial",  # some pages are missing or failed; the others are there
    "encrypted",
    "corrupt",
    "timeout",
    "memory",
    "empty",  # no page, or no text on any page
)

RUNG_STATUSES = (
    "used",  # the page's text is the rung's
    "kept_cheap",  # the rung found nothing where the first one has text, which therefore stays
    "timeout",  # these four: the rung failed on the page, and the first rung's text stays
    "memory",
    "crashed",
    "failed",
)

SPAN = pa.struct([pa.field("start", pa.int32()), pa.field("end", pa.int32())])

SENTENCE = pa.struct(
    [
        pa.field("start", pa.int32()),  # where the sentence before it ended; 0 for the first
        pa.field("end", pa.int32()),  # after the white space that follows the sentence
        # that a sentence ends here, by the model; null where the model was not asked
        pa.field("probability", pa.float32()),
    ]
)

REPHRASING_STATUSES = (
    "ok",
    "rejected",  # a gate refused it, or the passage is too short to ask for; `reasons` names every gate
    "error",  # the model did not answer; `reasons` holds the code
)

# What the gates of rephrase measured; null where a gate did not run. Shares are 0 to 1.
REPHRASING_SCORES = pa.struct(
    [
        pa.field(
            "repeated", pa.float32()
        ),  # share of 4-grams of words that occurred before, beyond the passage's; 1: loop
        pa.field("lead_in", pa.float32()),  # sentences that talk about the task and not about its matter
        pa.field("length_ratio", pa.float32()),  # tokens per token of the passage
        pa.field(
            "language", pa.float32()
        ),  # probability of the passage's language; 0 when another is likelier
        pa.field("copied", pa.float32()),  # share of words within runs of words that stand in the passage
        pa.field(
            "grounded", pa.float32()
        ),  # lowest share of a sentence's words that the passage has; null where none can be judged
        pa.field("numbers_kept", pa.float32()),  # share of the passage's numbers; 1 when it has none
        pa.field("numbers_new", pa.float32()),  # numbers, dates and quantities that the passage lacks
        # what the model gave its own numbers; null where it does not tell, or there are none
        pa.field("number_probability", pa.float32()),  # lowest probability with which it wrote a number
        pa.field(
            "soft_number_probability", pa.float32()
        ),  # likewise, a word that may be one: one, both, single
        pa.field(
            "number_context", pa.float32()
        ),  # lowest geometric mean of those of the tokens around a number
        pa.field("entities_kept", pa.float32()),  # share of the passage's names; 1 when it has none
        pa.field("entities_new", pa.float32()),  # names that the passage lacks
        pa.field("negation_lost", pa.float32()),  # denials of the passage that the rephrasing drops
        pa.field("negation_new", pa.float32()),  # denials that the passage lacks
        pa.field("questions", pa.float32()),  # pairs of question and answer; null where none are asked for
        pa.field("similarity", pa.float32()),  # cosine of the embeddings of passage and rephrasing
        pa.field("reading_grade", pa.float32()),  # school years (Flesch-Kincaid); English only
        pa.field("passage_grade", pa.float32()),  # likewise, of the passage
        pa.field("type_token_ratio", pa.float32()),  # distinct words per word, over windows of 50 words
    ]
)

REPHRASING = pa.struct(
    [
        pa.field("chunk", pa.int32()),  # number of the passage in the document, from 0
        pa.field("start", pa.int32()),  # its span of `text`; the spans of the passages adjoin
        pa.field("end", pa.int32()),
        pa.field("style", pa.string()),
        pa.field("status", pa.string()),  # one of REPHRASING_STATUSES
        # without lead-in; null unless the status is ok (rejected texts stay with keep_rejected)
        pa.field("text", pa.string()),
        pa.field("reasons", pa.list_(pa.string())),  # of a rejection or an error; empty for ok
        # why generation ended: stop, length, loop, context; null without any
        pa.field("finish", pa.string()),
        pa.field("lead_in", pa.string()),  # what was taken off the beginning; null when nothing was
        pa.field("source_tokens", pa.int32()),  # of the passage
        pa.field("prompt_tokens", pa.int32()),  # of the whole prompt, by the model; null without an answer
        pa.field("tokens", pa.int32()),  # that the model generated
        pa.field("scores", REPHRASING_SCORES),
    ]
)

MIXTURE_ENTRY = pa.struct(
    [
        pa.field("kind", pa.string()),  # real or synthetic
        pa.field("chunk", pa.int32()),  # number of the passage
        pa.field("rephrasing", pa.int32()),  # index in `rephrasings`; null for real
        pa.field("style", pa.string()),  # null for real
        pa.field("start", pa.int32()),  # span of `text`: of a real entry, what to train on
        pa.field("end", pa.int32()),
        # seeded by document and entry, even over [0, 1): sorting a corpus by it shuffles it, always alike
        pa.field("order", pa.float64()),
    ]
)

LINK = pa.struct(
    [
        # what the target is to the proposition that has the link; names in models/discourse_relations/labels.py
        pa.field("relation", pa.string()),
        pa.field("target", pa.int32()),  # id of a proposition of the same document
        pa.field("cue", pa.string()),  # the words that tell the relation; null where the construction does
    ]
)

PROPOSITION = pa.struct(
    [
        pa.field("id", pa.int32()),  # from 0, in the order of the list
        pa.field("sentence", pa.int32()),  # index into `sentences`
        pa.field("text", pa.string()),  # one simple sentence
        pa.field("layer", pa.int32()),  # 0 for what the sentence says in the main, one more for each context
        pa.field("role", pa.string()),  # "core" or "context"
        pa.field("rule", pa.string()),  # what made it a proposition of its own; "sentence" for what remained
        pa.field("parent", pa.int32()),  # id of what it is a context of; null in layer 0
        pa.field(
            "spans", pa.list_(SPAN)
        ),  # of `text` of the document, ascending, disjoint: what its words stand for
        pa.field("links", pa.list_(LINK)),
    ]
)

SIMPLIFY_STATUSES = (
    "split",
    "unsplit",  # nothing to split, or nothing that could be split without loss: one proposition, the sentence
    "guarded",  # splitting would change what is said: a question, a cleft sentence
    "too_long",  # longer than the option `max_tokens`
    "language",  # of a language without rules
    "blank",  # white space only: no proposition
)

# What the reader gives. `bytes` is the file itself: it lives only inside the worker and is never written.
ID = pa.field("id", pa.string(), nullable=False)
BYTES = pa.field("bytes", pa.large_binary())
TEXT = pa.field("text", pa.string())
METADATA = pa.field("metadata", pa.map_(pa.string(), pa.string()))
READ_FIELDS = (
    ID,
    pa.field("source", pa.string()),  # URI of the file, as the reader opened it
    pa.field("content_sha256", pa.string()),  # of the file's bytes, or of the record's text in UTF-8
    METADATA,  # other fields of a JSONL record; a value that is no string is written as JSON
    TEXT,
)
ERRORS_FIELD = pa.field("errors", ERRORS)
PROVENANCE_FIELD = pa.field("provenance", PROVENANCE)

# What stages add, named here so that one name has one type in every stage that touches it.
PAGES_FIELD = pa.field("pages", pa.list_(PAGE))
LINES_FIELD = pa.field("lines", pa.list_(LINE))
PARSE_STATUS_FIELD = pa.field("parse_status", pa.string())  # one of PARSE_STATUSES
SECTIONS_FIELD = pa.field("sections", pa.list_(SECTION))
LABEL_TEXTS_FIELD = pa.field("label_texts", pa.list_(LABEL_TEXT))  # one per label that occurs
SENTENCES_FIELD = pa.field("sentences", pa.list_(SENTENCE))  # adjoining spans; joined, the whole text
PARAGRAPHS_FIELD = pa.field("paragraphs", pa.list_(SPAN))  # likewise
PROPOSITIONS_FIELD = pa.field("propositions", pa.list_(PROPOSITION))
# for each of `sentences` one of SIMPLIFY_STATUSES
SIMPLIFY_STATUSES_FIELD = pa.field("simplify_statuses", pa.list_(pa.string()))
REPHRASINGS_FIELD = pa.field("rephrasings", pa.list_(REPHRASING))  # by passage, then by style
# which passages and rephrasings to train on, by passage
MIXTURE_FIELD = pa.field("mixture", pa.list_(MIXTURE_ENTRY))
SHORT_TEXT_FIELD = pa.field("short_text", pa.string())
SHORT_SPANS_FIELD = pa.field("short_spans", pa.list_(SPAN))  # of `text`, ascending, disjoint
SHORT_STATUS_FIELD = pa.field("short_status", pa.string())


def normalise(text: str) -> str:
    """Return the text in the form every ``text`` column has: NFC, ``\\n`` as the only line end, and
    valid Unicode (lone surrogates, which UTF-8 cannot hold, become U+FFFD)."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = unicodedata.normalize("NFC", text)
    return text


def add_errors(batch: pa.RecordBatch, new: Mapping[int, Sequence[Error]]) -> pa.RecordBatch:
    """Return the batch with entries appended to its ``errors`` column (added when it is missing).

    ``new`` maps a row number of the batch to the errors of that row.
    """
    where = batch.schema.get_field_index("errors")
    if not new:
        if where >= 0:
            return batch
        return batch.append_column(ERRORS_FIELD, pa.array([[]] * batch.num_rows, ERRORS))
    old = batch.column(where).to_pylist() if where >= 0 else [[]] * batch.num_rows
    column = pa.array([[*(old[i] or ()), *new.get(i, ())] for i in range(batch.num_rows)], ERRORS)
    if where >= 0:
        return batch.set_column(where, ERRORS_FIELD, column)
    return batch.append_column(ERRORS_FIELD, column)
