"""Differences of every class, seeded into a reading that agrees with its gold record, and the measure of names."""
