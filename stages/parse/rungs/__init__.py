"""The rungs of the ladder: parsers that a page may be sent to after pdfium has read it.

``rung`` says what a rung is, ``catalogue`` finds one by its name. The other modules are adaptors, imported by
the child process of their rung only.
"""
