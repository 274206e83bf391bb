"""Where a vault lies: what it needs of a place, a folder on a disk, a bucket of an object store."""
