"""What the example documents say. Every person, place, firm and number in them is invented."""
