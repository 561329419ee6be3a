"""What a run tells people who did not watch it: news of items, a page of each study. Sending is left to the flows."""
