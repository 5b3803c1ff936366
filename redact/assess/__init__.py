"""What a release still tells of its people: report, motivated intruder, what the talk says."""
