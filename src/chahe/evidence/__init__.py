"""The evidence tables: one module a table, columns and nothing else.

Every module here that is not `model`, `schema`, `cells` or `catalogue` declares one value named `table`.
"""
