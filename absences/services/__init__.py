"""What can be done with an absence: report, change, come back early, cancel, approve, decline."""
