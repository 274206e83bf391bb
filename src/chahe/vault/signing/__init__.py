"""Signed notes, checkpoints and proofs, and the keys that sign them (C2SP signed-note, tlog-checkpoint, tlog-proof)."""
