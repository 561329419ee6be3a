"""Whole clinical articles whose numbers are true by construction, seeded errors in them, and what the checker finds."""
