"""What people read, in words: no Slack, no Block Kit. The command line shows it as it is, `bot.blocks` lays it out."""
