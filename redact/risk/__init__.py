"""What still identifies when the names are gone."""
