"""The engine: the only place that runs SQL, reads a clock or catches Exception."""
