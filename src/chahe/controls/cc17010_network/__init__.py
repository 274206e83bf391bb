"""Network security (CC-17010 網路安全管理)."""
