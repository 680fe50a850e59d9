"""Slack's side of planbot: the app, its listeners and renderings, the scheduler, the command line, the console."""
