"""Logs of firewalls and of what sees the network like them."""
