"""What can be done to the tenant itself: settings, calendar, memberships; and the audit that every service writes."""
