"""Orders and executions, and the exchange's files about them."""
