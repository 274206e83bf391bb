"""Access control (CC-18000 存取控制)."""
