"""The methods of the Web API, one module for each of Slack's families of them."""
