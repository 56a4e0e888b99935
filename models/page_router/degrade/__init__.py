"""Makes damaged copies of good PDFs, page by page, for training and measuring the page router.

Needs pypdfium2, pikepdf, Pillow and numpy: the development extra, never a run. ``document.damaged`` is the way
in; the other modules are one kind of damage each. Everything is seeded: the same call gives the same page.
"""
