"""What people are told about cover, one folder per channel."""
