"""Orders and executions (CA-11210 受託買賣及成交作業)."""
