"""From entities to safe text: decisions, pseudonym labels, and one splice per transcript."""
