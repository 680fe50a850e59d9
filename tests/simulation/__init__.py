"""Years of digests in minutes: replicas killed at random, Slack in trouble, clocks apart, and what came of it."""
