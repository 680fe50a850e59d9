"""Signed HTTP: events as JSON, commands as a form, interactions as a form with one `payload` field.

See https://docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.console.workspace.delivery import Ack, Delivery, Retry

FORM = "application/x-www-form-urlencoded"
CHALLENGE = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"


def signature(secret: str, timestamp: str, body: str) -> str:
    """The value of `X-Slack-Signature` for that body at that time (seconds since 1970)."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return f"v0={digest}"


class HttpCarrier:
    """Posts to the app's request URL and reads the ack from the response."""

    def __init__(self, request_url: str, signing_secret: str, verification_token: str) -> None:
        self._url = request_url
        self._secret = signing_secret
        self._token = verification_token
        self._session: aiohttp.ClientSession | None = None

    async def verify(self, within: float) -> None:
        """Sends the `url_verification` challenge. Raises ConnectionError when the app does not echo it."""
        payload = {"token": self._token, "challenge": CHALLENGE, "type": "url_verification"}
        try:
            status, _, text = await self._post(json.dumps(payload), "application/json", None, within)
        except (TimeoutError, aiohttp.ClientError) as error:
            raise ConnectionError(f"{self._url} did not answer the challenge: {error!r}") from error
        if status != 200 or CHALLENGE not in text:
            raise ConnectionError(f"{self._url} answered the challenge with HTTP {status} and the wrong value")

    async def attempt(self, delivery: Delivery, retry: Retry | None, within: float) -> Ack:
        """Posts once. Fails with `http_timeout`, `http_error` or `connection_failed`."""
        body, content_type = _encoded(delivery)
        try:
            status, headers, text = await self._post(body, content_type, retry, within)
        except TimeoutError:
            return Ack("http_timeout")
        except aiohttp.ClientError:
            return Ack("connection_failed")
        if not 200 <= status < 300:
            return Ack("http_error", final=headers.get("X-Slack-No-Retry") == "1")
        return Ack(body=_answer(headers.get("Content-Type", ""), text))

    async def close(self) -> None:
        """Closes the connections to the app."""
        if self._session is not None:
            await self._session.close()

    async def _post(
        self, body: str, content_type: str, retry: Retry | None, within: float
    ) -> tuple[int, Mapping[str, str], str]:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.post(
            self._url,
            data=body.encode(),
            headers=self._headers(body, content_type, retry),
            timeout=aiohttp.ClientTimeout(total=within),
        ) as response:
            return response.status, response.headers, await response.text()

    def _headers(self, body: str, content_type: str, retry: Retry | None) -> dict[str, str]:
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        return headers


def _encoded(delivery: Delivery) -> tuple[str, str]:
    if delivery.sort == "events_api":
        return json.dumps(delivery.payload), "application/json"
    if delivery.sort == "slash_commands":
        return urlencode(delivery.payload), FORM
    return urlencode({"payload": json.dumps(delivery.payload)}), FORM


def _answer(content_type: str, text: str) -> dict[str, Any] | None:
    """A JSON object is a response; any other text is what a command says in answer."""
    if not text.strip():
        return None
    if "json" in content_type:
        decoded = json.loads(text)
        return decoded if isinstance(decoded, dict) and decoded else None
    return {"text": text}
