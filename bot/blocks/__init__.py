"""What people see in Slack: pure functions from data to messages in Block Kit. No Slack library, no database."""
