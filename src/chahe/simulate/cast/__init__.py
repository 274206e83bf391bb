"""What the example firm has and what happened in it, as plain records without logic: its people, systems, customers, papers."""
