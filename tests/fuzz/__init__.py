"""Damaged PDFs by the thousand, and texts nobody would print: what a reader makes of them, told kind by kind."""
