"""The peer: a Bolt app that only acks, as Bolt's documentation shows it. Run with the port as argument."""

import sys
from os import environ

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

app = AsyncApp(
    client=AsyncWebClient(token=environ["SLACK_BOT_TOKEN"], base_url=environ["SLACK_API_URL"]),
    signing_secret=environ["SLACK_SIGNING_SECRET"],
)


@app.command("/plan")
async def acknowledge(ack: AsyncAck) -> None:
    """Only that."""
    await ack()


if __name__ == "__main__":
    app.start(port=int(sys.argv[1]))
