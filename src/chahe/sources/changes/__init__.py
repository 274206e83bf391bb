"""Changes of programs: commits, requests, releases."""
