"""The doorways from Slack: each reads a payload, acks, and hands the work to the desk."""
