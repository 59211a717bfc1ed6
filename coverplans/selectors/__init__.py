"""Questions about needs, plans, assignments and bookings, each in a fixed number of queries."""
