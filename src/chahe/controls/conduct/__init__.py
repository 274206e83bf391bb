"""Controls of the conduct of business: money, words and orders between staff and customers."""
