"""`python -m redact.cluster scheduler FILE` and `python -m redact.cluster worker FILE`."""

from redact.cluster.begin import main

if __name__ == "__main__":
    main(prog_name="python -m redact.cluster")
