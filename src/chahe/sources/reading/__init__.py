"""What readers of records share: text, XML, JSON, workbooks, values. No readers."""
