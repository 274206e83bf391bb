"""Telling personal data in text from numbers that only look like it."""
