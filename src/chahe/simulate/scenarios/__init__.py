"""Breaches: one module a subject; in it each scenario with its dial, and beside it what only looks like a breach."""
