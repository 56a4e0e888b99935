"""parse: PDF bytes to text, pages and lines.

``stage`` is the face; ``sandbox`` and ``child`` run an adaptor (``adaptor``, ``pdfium``) in a process of
its own; ``reading`` puts fragments into lines and order; ``assembly`` makes the text and its spans.
The modules that the child imports know neither pyarrow nor pydantic, so that it starts quickly.
"""
