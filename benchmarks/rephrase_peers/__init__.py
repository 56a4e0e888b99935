"""The systems that ``benchmarks.rephrase_generation`` compares, each behind the same three calls.

``system`` says what these are, ``ours``, ``llama`` and ``genai`` are them, ``child`` runs one in a process of its own,
``files`` makes the files they open and ``prompts`` what they continue.
"""
