"""What the firm's systems log of orders, sign-ins and traffic, line by line in the formats of real systems."""
