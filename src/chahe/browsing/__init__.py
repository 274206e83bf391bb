"""The firm's pages in a real browser: what a visitor sees when a link is clicked."""
