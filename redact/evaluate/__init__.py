"""Measuring detection against gold annotation: figures with intervals, and a page of errors."""
