"""Near misses by the dozen: what only looks like a breach, laid as often as the firm has room."""
