"""The release: gates that refuse, a bag that an archive takes, words for its reader."""
