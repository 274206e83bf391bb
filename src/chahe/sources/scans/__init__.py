"""Reports of scanners: hosts, weaknesses, settings, components."""
