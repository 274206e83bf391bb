"""Findings: exceptions, recorded, with an identity that lasts. Pure; no I/O."""
