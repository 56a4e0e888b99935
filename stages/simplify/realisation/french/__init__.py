"""How constituents of French become sentences: forms of verbs, elision, frames."""
