"""Invented interviews in every layout that people type them in, with exact gold.

`catalogue.LAYOUTS` lists them; `lay_out(layout, seed)` gives a file, its tables, and what stands
where in it. `read.py` takes such a file through redact's own readers, `figures.py` measures.
Nobody real is meant: names are drawn from the project's tables of names and put together at random.
"""
