"""The commands: one module each. A module's `command` is the command; its name is the file's."""
