"""Thin Prefect flows: order, caching, several papers at once. What is done stands in src/auditable."""
