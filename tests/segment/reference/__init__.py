"""Small random-weight checkpoints in the peer's formats, and what the peer says about texts."""
