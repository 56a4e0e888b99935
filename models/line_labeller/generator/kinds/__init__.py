"""What documents say, by family: each function returns a ``Plan``."""
