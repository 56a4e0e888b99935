"""``docmill inspect``: one document, readable, with every stage's result."""

from __future__ import annotations

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from pipeline.console.encoding import tolerate
from pipeline.console.printable import printable
from pipeline.inspection.columns import SHOWN_WITH_OTHERS, View, render
from pipeline.inspection.find import find, read
from pipeline.inspection.folder import open_folder
from pipeline.inspection.header import header


def show(output: str, doc_id: str, console: Console, *, everything: bool = False) -> None:
    """Print one document of an output folder.

    Args:
        doc_id: its id, its source URI, or a trailing part of either that no other document has.
        everything: print long texts and tables to their end.

    Raises:
        UsageError: the folder is no output, or no or more than one document answers to ``doc_id``.
        JobError: a file of the output is missing or damaged.
    """
    tolerate(console)
    folder = open_folder(output)
    row = read(folder, find(folder, doc_id))
    view = View(colour=console.is_terminal and not console.no_color, everything=everything)
    # a pipe gets lines as they are; only a terminal has a width that lines must fit
    whole_lines = not console.is_terminal
    console.print(Rule(Text(printable(row["id"])), align="left"))
    for part in header(row):
        console.print(part, highlight=False, markup=False, emoji=False)
    without = []
    for name in row:
        if name in SHOWN_WITH_OTHERS:
            continue
        section = render(name, row, view)
        if section is None:
            without.append(printable(name))
            continue
        console.print()
        title = Text(printable(name), style="bold")
        if section.note:
            title.append(f"  {section.note}", style="not bold dim")
        console.print(title, soft_wrap=whole_lines)
        for part in section.parts:
            soft = whole_lines and isinstance(part, Text)
            console.print(part, highlight=False, markup=False, emoji=False, soft_wrap=soft)
    if without:
        console.print(Text(f"\nno value  {', '.join(without)}", style="dim"), soft_wrap=whole_lines)
