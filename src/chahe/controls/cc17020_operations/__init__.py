"""Computer systems and operations (CC-17020 電腦系統及作業安全管理)."""
