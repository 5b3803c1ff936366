"""Who may open the linkage key, and what then: custodians, reveal, restore, destroy."""
