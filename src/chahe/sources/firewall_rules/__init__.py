"""Rule bases of firewalls: configurations and lists of rules."""
