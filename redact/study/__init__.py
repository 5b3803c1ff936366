"""One study on disk: its folder, the desk it is opened at, its sealed key, and how far it has come."""
