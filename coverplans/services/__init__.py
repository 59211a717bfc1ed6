"""What can be done with needs, plans, assignments and bookings."""
