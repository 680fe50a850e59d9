"""What a member can tell planbot to do. Parses, decides, writes and returns data; knows nothing of Slack."""
