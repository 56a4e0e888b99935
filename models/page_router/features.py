"""What the router sees of a page: one vector of numbers out of the first rung's text, lines and evidence.

Shared by training and by the parse stage. All pages of a document are computed together, because a call of
numpy costs more than the work it does on one page; the vector of a page does not depend on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from models.page_router.evidence import Evidence
from models.page_router.lexicon import (
    STOP_BITS,
    UNSEEN,
    WORD_BITS,
    Lexicon,
    contains,
    lexicon,
    mixed_trigrams,
    trigram_buckets,
    word_hashes,
)
from models.sentence_boundary.fast.characters import (
    DIGIT,
    KIND_BITS,
    LETTER,
    MARK,
    SIGN,
    SINGLE,
    UPPER_BIT,
    characters,
)

Array = NDArray[Any]


class PageText(Protocol):
    """A page as the first rung read it; ``stages.parse.wire.PackedPage`` is one.

    ``text``: lines joined by line feeds. ``numbers``: float32, the x0 of all lines, then their y0, x1, y1
    and font sizes, in points. ``flags``: a byte for each line, 1 bold, 2 italic, 4 begins a block.
    """

    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...
    @property
    def rotation(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def numbers(self) -> bytes: ...
    @property
    def flags(self) -> bytes: ...
    @property
    def evidence(self) -> Evidence | None: ...


_TEXT: Final = (
    "log_characters",
    "characters_per_area",
    "letter_share",
    "digit_share",
    "sign_share",
    "space_share",
    "unspaced_share",
    "strange_share",
    "control_share",
    "wide_share",
    "upper_share",
    "upper_after_lower",
    "letter_beside_digit",
    "sign_within_word",
)
_WORDS: Final = (
    "log_words",
    "word_length",
    "single_letter_share",
    "long_word_share",
    "known_share",
    "known_lower_share",
    "known_letter_share",
    "stop_share",
    "odd_word_share",
    "odder_word_share",
    "trigram_bits",
    "rare_trigram_share",
    "unseen_trigram_share",
)
_LINES: Final = (
    "log_lines",
    "line_length",
    "line_length_spread",
    "font_size",
    "font_size_spread",
    "cover",
    "jump_up_share",
    "same_height_share",
    "overlap_share",
    "left_spread",
    "line_width",
    "line_width_spread",
    "narrow_share",
    "density",
    "density_spread",
    "line_height",
    "block_share",
    "bold_share",
    "italic_share",
)
_PAGE: Final = ("page_width", "page_height", "turned")
_EVIDENCE: Final = (
    "log_objects",
    "log_evidence_characters",
    "unread_share",
    "invisible_share",
    "unmapped_share",
    "log_images",
    "image_share",
    "largest_image_share",
    "largest_image_dpi",
    "log_paths",
    "log_horizontal_rules",
    "log_vertical_rules",
    "log_boxes",
    "log_forms",
    "is_picture",
)
NAMES: Final = _TEXT + _WORDS + _LINES + _PAGE + _EVIDENCE

KNOWN_SHARE: Final = NAMES.index("known_share")

_BLANK = np.array([32], np.uint32)
_RARE = 160  # sixteenths of a bit: ten bits
_ODD, _ODDER = 176, 224
_A4_AREA = 595.0 * 842.0


def features(pages: Sequence[PageText], words: Lexicon | None = None) -> NDArray[np.float32]:
    """Return one row of ``NAMES`` for each page.

    Args:
        pages: of one document, or of several.
        words: another lexicon than the shipped one; training asks for those with gaps.

    Raises:
        ValueError: a page has no evidence; the first rung was not asked for it.
    """
    if not pages:
        return np.zeros((0, len(NAMES)), np.float32)
    held = _characters(pages)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = (
            *_of_text(pages, held, words or lexicon()),
            *_of_lines(pages, held),
            *_of_page(pages),
            *_of_evidence(pages),
        )
    found = np.stack(columns, axis=1).astype(np.float32)
    return np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0)


class _Characters(NamedTuple):
    """The characters of all pages, each page ended by two line feeds, and where the pages start."""

    codes: Array
    kinds: Array
    upper: Array
    folded: Array  # by code point
    bounds: Sequence[int]  # where each page starts, and the end

    def each(self, mask: Array) -> Array:
        return _held(mask, self.bounds)


def _held(mask: Array, bounds: Sequence[int]) -> Array:
    """How often a mask is true between each two bounds. Far faster than ``reduceat``, which has no such count."""
    return np.array([np.count_nonzero(mask[start:end]) for start, end in pairwise(bounds)], np.int64)


def _summed(values: Array, bounds: Array) -> Array:
    """The sums of numbers between each two bounds; where these are equal, 0."""
    sums = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=sums[1:])
    return np.diff(sums.take(bounds))


def _characters(pages: Sequence[PageText]) -> _Characters:
    texts = [page.text for page in pages]
    joined = "\n\n".join(texts) + "\n\n"  # two, so that no page's last word seems divided by its end
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = characters()
    traits = table.traits.take(codes)
    bounds = [0, *accumulate(len(text) + 2 for text in texts)]
    return _Characters(codes, traits & KIND_BITS, traits >> UPPER_BIT, table.folded, bounds)


def _of_text(pages: Sequence[PageText], held: _Characters, table: Lexicon) -> tuple[Array, ...]:
    codes, kinds = held.codes, held.kinds
    total = np.array([len(page.text) for page in pages])
    area = np.array([page.width * page.height for page in pages]) / _A4_AREA
    word = (kinds == LETTER) | (kinds == MARK)
    digit = kinds == DIGIT
    sign = kinds == SIGN
    letters = held.each(word)
    upper = held.upper.astype(bool)
    before = np.zeros_like(word)
    before[1:] = word[:-1]
    lower_before = np.zeros_like(word)
    lower_before[1:] = word[:-1] & ~upper[:-1]
    beside = np.zeros_like(word)
    beside[1:] = word[1:] & digit[:-1] | digit[1:] & word[:-1]
    inner = np.zeros_like(word)
    inner[1:-1] = sign[1:-1] & word[:-2] & word[2:]
    at = np.flatnonzero(inner)
    inner[at[_joins(codes[at])]] = False
    high = codes > 0x7F
    where = np.flatnonzero(high)
    seldom = codes[where]
    strange, control = np.zeros_like(word), (codes < 32) & (codes != 10)
    strange[where] = (seldom == 0xFFFD) | (seldom >= 0xE000) & (seldom < 0xF900) | (seldom >= 0xF0000)
    control[where] = (seldom < 0xA0) | (seldom == 0xFFFE)
    return (
        np.log1p(total),
        total / area / 4000,
        letters / total,
        held.each(digit) / total,
        held.each(sign) / total,
        held.each(kinds == 0) / total,
        held.each(kinds == SINGLE) / total,
        held.each(strange) / total,
        held.each(control) / total,
        held.each(high) / total,
        held.each(upper) / letters,
        held.each(upper & lower_before) / letters,
        held.each(beside) / letters,
        held.each(inner) / letters,
        *_of_words(held, table, word, before, letters),
    )


def _of_words(
    held: _Characters, table: Lexicon, word: Array, before: Array, letters: Array
) -> tuple[Array, ...]:
    count = len(letters)
    starts = np.flatnonzero(word & ~before)
    if not len(starts):
        return (np.zeros(count),) * len(_WORDS)
    codes = held.codes
    ends = np.flatnonzero(before & ~word)
    lengths = ends - starts
    owners = np.searchsorted(starts, held.bounds)
    bounds = owners.tolist()  # of each page the first of its words
    sizes = np.diff(owners)

    # The words one after the other, whatever stands between two being one blank; one before the first.
    spaced = lengths + 1
    behind = np.cumsum(spaced)
    first = behind - spaced  # of the trigram that begins with the blank before the word
    kept = np.flatnonzero(word | before)
    row = np.concatenate((_BLANK, held.folded.take(codes.take(kept)), _BLANK))
    row[behind] = 32
    mixed = mixed_trigrams(row)
    last = first + lengths
    mixed[last] = 0  # these reach into the next word, which may be on another page

    hashes = word_hashes(mixed, first)
    # codes end in two line feeds
    divided = (codes.take(starts - 1) == 10) & _hyphen(codes.take(starts - 2))
    divided |= (codes.take(ends + 1, mode="clip") == 10) & _hyphen(codes.take(ends))
    judged = (lengths > 2) & ~divided  # the halves of a divided word are not words
    known = contains(table.words, hashes, WORD_BITS) & judged
    lower = judged & (held.upper.take(starts) == 0)
    single = lengths == 1
    stops = contains(table.stops, hashes, STOP_BITS) & ~single & (lengths < 6)

    costs = table.trigrams.take(trigram_buckets(mixed))
    costs[last] = 0
    rare = np.flatnonzero(costs >= _RARE)
    rare_costs, rare_word = costs.take(rare), np.searchsorted(first, rare, "right") - 1
    odd, odder = np.zeros(len(starts), bool), np.zeros(len(starts), bool)
    odd[rare_word[rare_costs >= _ODD]] = True
    odder[rare_word[rare_costs >= _ODDER]] = True
    rare_bounds = np.searchsorted(rare_word, owners).tolist()

    def each(mask: Array) -> Array:
        return _held(mask, bounds)

    judged_count = each(judged)
    trigrams = _summed(lengths, owners)
    of_page = pairwise(np.where(owners > 0, behind.take(owners - 1), 0).tolist())
    bits = np.array([costs[start:end].sum() for start, end in of_page], np.int64)
    return (
        np.log1p(sizes),
        letters / sizes,
        each(single) / sizes,
        each(lengths > 18) / sizes,
        each(known) / judged_count,
        each(known & lower) / each(lower),
        _summed(lengths * known, owners) / _summed(lengths * judged, owners),
        each(stops) / sizes,
        each(odd & judged) / judged_count,
        each(odder & judged) / judged_count,
        bits / trigrams / 16,
        np.diff(rare_bounds) / trigrams,
        _held(rare_costs == UNSEEN, rare_bounds) / trigrams,
    )


def _joins(codes: Array) -> Array:
    """Signs that stand within words: apostrophes, hyphens, slashes, dashes."""
    found: Array = _hyphen(codes) | (codes == 0x27) | (codes == 0x2019) | (codes == 0x2F) | (codes == 0x2013)
    return found


def _hyphen(codes: Array) -> Array:
    found: Array = (codes == 0x2D) | (codes == 0xAD) | (codes == 0x2010) | (codes == 0x2011)
    return found


def _of_lines(pages: Sequence[PageText], held: _Characters) -> tuple[Array, ...]:
    counts = np.array([len(page.flags) for page in pages])
    total = int(counts.sum())
    if not total:
        return (np.zeros(len(pages)),) * len(_LINES)
    numbers = np.concatenate(
        [np.frombuffer(page.numbers, np.float32).reshape(5, -1) for page in pages if page.flags], axis=1
    )
    flags = np.frombuffer(b"".join([page.flags for page in pages]), np.uint8)
    page = np.repeat(np.arange(len(pages)), counts)
    x0, y0, x1, y1, size = numbers.astype(np.float64)
    page_width = np.array([page.width for page in pages])[page]
    page_area = np.array([page.width * page.height for page in pages])
    ends = np.flatnonzero(held.codes == 10)
    lengths = np.diff(ends, prepend=-1) - 1.0
    # Each page is followed by two line feeds, and only the first of them ends a line of its, if it has any.
    after = np.searchsorted(ends, held.bounds[1:]) - 1
    whole = np.ones(len(ends), bool)
    whole[after] = False
    whole[after[counts == 0] - 1] = False
    lengths = lengths[whole]
    width, height = np.maximum(x1 - x0, 0.1), np.maximum(y1 - y0, 0.1)
    size = np.maximum(size, 0.1)

    follows = np.zeros(total, bool)
    follows[1:] = page[1:] == page[:-1]
    over = np.zeros(total)
    over[1:] = np.minimum(x1[1:], x1[:-1]) - np.maximum(x0[1:], x0[:-1])
    down = np.zeros(total)
    down[1:] = y0[1:] - y0[:-1]
    share = width / page_width
    spread = np.stack(
        (lengths / 100, size / 10, x0 / page_width, share, np.minimum(lengths * size / width, 10.0))
    )
    counted = np.stack(
        (
            follows & (down < -size),
            follows & (np.abs(down) < 0.3 * size),
            follows & (over > 0.3 * width) & (np.abs(down) < 0.5 * height),
            width < 0.12 * page_width,
            flags & 4 != 0,
            flags & 1 != 0,
            flags & 2 != 0,
        )
    )
    present = np.flatnonzero(counts)
    starts = (np.cumsum(counts) - counts)[present]
    each = np.concatenate((spread, spread**2, counted, (width * height, np.minimum(height / size, 5.0))))
    sums = np.zeros((len(each), len(counts)))
    sums[:, present] = np.add.reduceat(each, starts, axis=1)
    means = sums / counts
    length, font, _, wide, density = means[:5]
    off = np.sqrt(np.maximum(means[5:10] - means[:5] ** 2, 0.0))
    jump, level, above, narrow, block, bold, italic = means[10:17]
    return (
        np.log1p(counts),
        length,
        off[0],
        font,
        off[1],
        sums[17] / page_area,
        jump,
        level,
        above,
        off[2],
        wide,
        off[3],
        narrow,
        density,
        off[4],
        means[18],
        block,
        bold,
        italic,
    )


def _of_page(pages: Sequence[PageText]) -> tuple[Array, ...]:
    sizes = np.array([(page.width, page.height, page.rotation != 0) for page in pages], np.float64)
    return sizes[:, 0] / 600, sizes[:, 1] / 800, sizes[:, 2]


def _of_evidence(pages: Sequence[PageText]) -> tuple[Array, ...]:
    if any(page.evidence is None for page in pages):
        raise ValueError("a page without evidence cannot be judged: the first rung must be asked for it")
    rows = np.array([page.evidence for page in pages], np.float64)
    held: dict[str, Array] = dict(zip(Evidence._fields, rows.T, strict=True))
    logs: dict[str, Array] = dict(zip(Evidence._fields, np.log1p(rows.T), strict=True))
    read = np.array([len(page.text) for page in pages])
    return (
        logs["objects"],
        logs["characters"],
        np.clip(1 - read / held["characters"], -1, 1),
        held["invisible_share"],
        held["unmapped_share"],
        logs["images"],
        held["image_share"],
        held["largest_image_share"],
        np.minimum(held["largest_image_dpi"], 600) / 300,
        logs["paths"],
        logs["horizontal_rules"],
        logs["vertical_rules"],
        logs["boxes"],
        logs["forms"],
        held["largest_image_share"] > 0.8,
    )
