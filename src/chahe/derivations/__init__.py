"""Evidence worked out of other evidence, where SQL would say it badly: one module a derived table, pure functions of rows."""
