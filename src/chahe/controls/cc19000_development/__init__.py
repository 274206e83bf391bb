"""Development and maintenance (CC-19000 系統開發及維護)."""
