"""Databases' own logs: sign-ins and changes."""
