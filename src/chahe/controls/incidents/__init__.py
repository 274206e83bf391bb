"""Controls of incidents: reported in time, corrected and verified."""
