"""What the lists of a language are."""

from __future__ import annotations

from dataclasses import dataclass

Options = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of one language. ``{name}`` in a pattern is filled by ``facts``; ``#`` becomes a digit."""

    code: str
    first_women: Options
    first_men: Options
    last: Options
    last_parts: tuple[Options, Options]  # beginnings and ends of made-up names
    women: Options  # Mrs
    men: Options
    doctors: Options  # Dr, Pr
    roles: Options
    cities: Options
    streets: Options
    hospitals: Options
    saints: Options
    trusts: Options  # what the hospital belongs to
    units: Options
    departments: Options
    phones: Options
    phone_words: Options
    fax_words: Options
    mail_words: Options
    dates: Options
    months: Options
    zips: Options
    numbers: Options  # patterns of patient numbers, with their names
    letterhead_lines: Options
    running_lines: Options
    footer_lines: Options
    legal_lines: Options
    print_lines: Options
    page_numbers: Options
    continued: Options
    staff_titles: Options
    staff_extras: Options
    patient_fields: tuple[tuple[str, str], ...]
    patient_lines: Options
    place_date: Options
    subjects: Options
    copies: Options
    salutations: Options
    openings: Options
    closings: Options
    signed: Options
    signers: Options
    stamps: Options
    watermarks: Options
    titles: dict[str, Options]  # by kind of document
    subtitles: Options
    headings: dict[str, Options]  # by theme
    heading_patterns: Options  # headings made of parts
    organs: Options  # adjectives of organs and specialties
    exams: Options  # examinations
    sentences: dict[str, Options]  # by theme
    findings: Options
    analytes: tuple[tuple[str, str, str, float, float], ...]  # name, unit, group, low, high
    lab_heads: tuple[Options, ...]
    lab_captions: Options
    drugs: Options
    doses: Options
    frequencies: Options
    durations: Options
    drug_heads: tuple[Options, ...]
    drug_captions: Options
    vitals: Options
    grids: tuple[tuple[Options, tuple[Options, ...]], ...]  # head, then options for each column
    questions: Options  # of forms
    choices: Options
    consent: Options
    instructions: Options
    topics: Options
    journal_words: Options
    publishers: Options
    article_headings: Options
    affiliations: Options
    article_lines: Options
    business: Options
    figure_captions: Options
    table_captions: Options
    references: Options
