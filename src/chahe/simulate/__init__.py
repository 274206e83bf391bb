"""The example firm: a seeded simulator of a small securities firm, with planted breaches, near misses and their truth."""
