"""Chahe 查核: the audit of a securities firm's own records, before the exchange's auditors come."""

__version__ = "0.1.0"
