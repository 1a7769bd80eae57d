"""Writes a plausible year as the workbooks a mission keeps."""
