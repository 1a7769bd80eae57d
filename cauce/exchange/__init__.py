"""Reading and writing workbooks, CSV and HXL from declared columns."""
