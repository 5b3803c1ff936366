"""One study on disk: its folder, its desk, its sealed key, and how far it has come."""
