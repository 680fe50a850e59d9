"""The console: a Slack workspace on loopback (`bot.console.workspace`) and a terminal on it."""
