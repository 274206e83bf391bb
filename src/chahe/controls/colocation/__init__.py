"""Co-location (主機共置服務管理辦法)."""
