"""The catalogue: one folder a chapter; in it one module a control, with its cases in Markdown beside it."""
