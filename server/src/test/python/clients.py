"""An unmodified official client against a running Keyswitch: python clients.py URL TOKENS, where TOKENS is JSON, a personal
token for each wire format behind. Prints one line of JSON: what the client could do."""

import json
import sys
import traceback

import openai

URL, TOKENS = sys.argv[1], json.loads(sys.argv[2])
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"], "additionalProperties": False}
TOOLS = [
    {"type": "function", "function": {"name": "get_weather", "description": "The weather", "parameters": SCHEMA}},
    {"type": "function", "function": {"name": "get_time", "description": "The time"}},
]
CALLS = [("get_weather", {"city": "Paris"}), ("get_time", {})]


def say(content):
    return [{"role": "user", "content": content}]


class OpenAi:
    def __init__(self, key):
        self.client = openai.OpenAI(api_key=key, base_url=URL + "/v1", max_retries=0)

    def create(self, **body):
        return self.client.chat.completions.create(model="default", **body)

    def plain(self):
        answer = self.create(messages=[{"role": "developer", "content": "Be kind."}, *say("hi")])
        assert answer.choices[0].message.content == "Hello there."
        assert answer.choices[0].finish_reason == "stop"
        assert answer.usage.total_tokens == 15

    def streaming(self):
        text, usage, finish = "", None, None
        for chunk in self.create(messages=say("hi"), stream=True, stream_options={"include_usage": True}):
            usage = chunk.usage or usage
            for choice in chunk.choices:
                text += choice.delta.content or ""
                finish = choice.finish_reason or finish
        assert (text, finish, usage.total_tokens) == ("Hello there.", "stop", 15)

    def tools(self):
        first = self.create(messages=say("weather and time?"), tools=TOOLS, tool_choice="auto")
        message = first.choices[0].message
        assert first.choices[0].finish_reason == "tool_calls"
        assert [(call.function.name, json.loads(call.function.arguments)) for call in message.tool_calls] == CALLS
        results = [{"role": "tool", "tool_call_id": call.id, "content": '{"ok":true}'} for call in message.tool_calls]
        second = self.create(messages=[*say("weather and time?"), message, *results], tools=TOOLS)
        assert second.choices[0].message.content == "Sunny, at noon."

    def streamed_tools(self):
        with self.client.chat.completions.stream(model="default", messages=say("weather and time?"), tools=TOOLS) as stream:
            message = stream.get_final_completion().choices[0].message
        assert [(call.function.name, json.loads(call.function.arguments)) for call in message.tool_calls] == CALLS

    def image(self):
        picture = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": PIXEL}}]
        assert self.create(messages=say(picture)).choices[0].message.content == "A single pixel."

    def structured_output(self):
        form = {"type": "json_schema", "json_schema": {"name": "place", "schema": SCHEMA, "strict": True}}
        answer = self.create(messages=say("where?"), response_format=form)
        assert json.loads(answer.choices[0].message.content) == {"city": "Paris"}

    def error(self):
        try:
            self.create(messages=say("fail"))
        except openai.RateLimitError as error:
            assert error.response.headers["retry-after"] == "7"
            assert error.code == "rate_limit_exceeded"
        else:
            raise AssertionError("no error")


def problem(run):
    try:
        run()
        return None
    except Exception:
        return traceback.format_exc()[-1000:]


results = []
for wire, token in TOKENS.items():
    client = OpenAi(token)
    for can in ("plain", "streaming", "tools", "streamed_tools", "image", "structured_output", "error"):
        results.append(
            {"client": "openai (Python)", "wire": wire, "can": can.replace("_", " "), "problem": problem(getattr(client, can))}
        )
print(json.dumps(results))
