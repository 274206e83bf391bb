"""The sources: one module a format. Bytes in; rows, skips or rejects out; nothing lost.

Every module here that declares a value named `reader` is a format; adding one is adding a file. A reader never
opens a file, reads a clock, logs, or drops a unit: it is given bytes and a `Context`, and each line or record
ends as rows, a skip or a reject.
"""
