"""A person's word: decide, correct, comment, settle, explain, and what two readers agree on."""
