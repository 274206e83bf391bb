"""What the firm's systems and tools tell of themselves: accounts, password rules, rules of firewalls, scans, pages."""
