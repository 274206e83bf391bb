"""Lists that a firm keeps, answers of databases, and logs by a declared mapping."""
