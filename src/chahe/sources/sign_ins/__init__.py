"""Logs of sign-ins, sessions and uses of privilege."""
