"""What Chahe writes for people: workbooks, documents, templates and reference pages."""
