"""A cluster that looks at transcripts when one machine is too small (docs/cluster.md).

Three kinds of process keep apart what must not meet. `redact run` has the key and no network. The
courier beside it (courier.py) has the network and no key: it is given one text after another. On
the cluster a worker passes a text to a reader (reader.py), which has no network either, and gives
offsets, labels and scores back. Dask carries the texts; nothing but courier.py, worker.py and
begin.py knows of it.
"""
