"""Rules for French: clauses, and what can be made into one without doubt. Each module is one family."""
