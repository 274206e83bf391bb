"""What readers of lines share: compiled scans, columns, times. No readers."""
