"""layout: what each line of a PDF is, and the text rebuilt from the lines that matter.

``stage`` is the face; ``stack`` reads the lines of a batch as columns, ``labelling`` decides their labels,
``joining`` decides what stands between two lines, ``aggregation`` makes texts, ``sections`` finds headings and what
they head, ``writing`` makes the columns. Lines are never Python objects of their own: everything is an array with
one entry for each line of the batch.
"""
