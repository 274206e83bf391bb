"""The rules: citations with their versions, parameters with their sources, and legal time."""
