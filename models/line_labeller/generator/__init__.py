"""Makes clinical documents (and some that are not) as PDFs whose every line has a known label.

    python -m models.line_labeller.generator --data DIR --out DIR --count N --seed S [--split train|dev]

Training only: needs the development extra (ReportLab, pikepdf, Pillow). A document goes through these modules:

- ``chance``: all randomness. Of every list of options some are kept for the split dev.
- ``look``: the layout of a document, drawn from wide distributions: page, fonts, margins, columns, headings ...
- ``kinds``: what a document says, as blocks (``blocks``); one module per family of documents.
- ``furniture``: what stands around: letterheads, running heads, feet, page numbers, staff columns.
- ``flow``: puts blocks on pages; ``sheet``: pages as drawing operations, and these as a PDF.
- ``ink``: the label of every character, hidden in the colour that it is drawn with; ``read_back`` gets it from
  there, after pdfium has read the file.
- ``scan``: the same pages as scans, or as pictures over a text layer with mistakes.
- ``words``, ``sources``: lists of our own; texts of public collections, which are read from a folder and are
  not part of this package.
"""
