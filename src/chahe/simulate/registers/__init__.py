"""The lists that the firm's people keep, as workbooks, CSV files and contracts, under their Chinese headings."""
