"""Figures: definitions evaluated over facts, the oracle, explanations."""
