"""What reporting and the operator can do."""
