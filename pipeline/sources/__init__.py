"""Inputs: what lies where (location), how it is cut (piece, planning), how it becomes rows (reading)."""
