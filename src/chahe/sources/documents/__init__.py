"""Documents and calendars."""
