"""The many: customers, orders, payments and sign-ins that nobody planted, made in blocks and never held as a whole."""
