"""Whole walks through the pages, in a real Chromium, at the width of a desk and of a phone."""
