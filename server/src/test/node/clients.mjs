// Unmodified official clients against a running Keyswitch: node clients.mjs URL TOKENS, where TOKENS is JSON, a personal
// token for each wire format behind. Prints one line of JSON: what each client could do.
import {createOpenAICompatible} from '@ai-sdk/openai-compatible'
import {HumanMessage, ToolMessage} from '@langchain/core/messages'
import {ChatOpenAI} from '@langchain/openai'
import {generateText, jsonSchema, Output, stepCountIs, streamText, tool} from 'ai'
import Groq from 'groq-sdk'
import assert from 'node:assert/strict'
import OpenAI from 'openai'

const [url, tokens] = [process.argv[2], JSON.parse(process.argv[3])]
const PIXEL = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const SCHEMA = {type: 'object', properties: {city: {type: 'string'}}, required: ['city'], additionalProperties: false}
const NOTHING = {type: 'object', properties: {}}
const TOOLS = [
  {type: 'function', function: {name: 'get_weather', description: 'The weather', parameters: SCHEMA}},
  {type: 'function', function: {name: 'get_time', description: 'The time', parameters: NOTHING}},
]
const say = (content) => [{role: 'user', content}]
const picture = [{type: 'text', text: 'What is this?'}, {type: 'image_url', image_url: {url: PIXEL}}]

/** The clients that are made like OpenAI's own. */
function openAiLike(client, model) {
  const create = (body) => client.chat.completions.create({model, ...body})
  const collect = async (stream) => {
    const whole = {content: '', calls: [], usage: null, finish: null}
    for await (const chunk of stream) {
      whole.usage = chunk.usage ?? whole.usage
      const choice = chunk.choices[0]
      whole.content += choice?.delta.content ?? ''
      whole.finish = choice?.finish_reason ?? whole.finish
      for (const call of choice?.delta.tool_calls ?? []) {
        whole.calls[call.index] ??= {id: call.id, name: call.function.name, arguments: ''}
        whole.calls[call.index].arguments += call.function.arguments ?? ''
      }
    }
    return whole
  }
  return {
    async plain() {
      const answer = await create({messages: [{role: 'developer', content: 'Be kind.'}, ...say('hi')]})
      assert.equal(answer.choices[0].message.content, 'Hello there.')
      assert.equal(answer.choices[0].finish_reason, 'stop')
      assert.equal(answer.usage.total_tokens, 15)
    },
    async streaming() {
      const whole = await collect(await create({messages: say('hi'), stream: true, stream_options: {include_usage: true}}))
      assert.equal(whole.content, 'Hello there.')
      assert.equal(whole.finish, 'stop')
      assert.equal(whole.usage.total_tokens, 15)
    },
    async tools() {
      const first = await create({messages: say('weather and time?'), tools: TOOLS, tool_choice: 'auto'})
      const message = first.choices[0].message
      assert.equal(first.choices[0].finish_reason, 'tool_calls')
      assert.deepEqual(message.tool_calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)]),
        [['get_weather', {city: 'Paris'}], ['get_time', {}]])
      const results = message.tool_calls.map((call) => ({role: 'tool', tool_call_id: call.id, content: '{"ok":true}'}))
      const second = await create({messages: [...say('weather and time?'), message, ...results], tools: TOOLS})
      assert.equal(second.choices[0].message.content, 'Sunny, at noon.')
    },
    async 'streamed tools'() {
      const whole = await collect(await create({messages: say('weather and time?'), tools: TOOLS, stream: true}))
      assert.deepEqual(whole.calls.map((call) => [call.name, JSON.parse(call.arguments)]),
        [['get_weather', {city: 'Paris'}], ['get_time', {}]])
      assert.equal(whole.finish, 'tool_calls')
    },
    async image() {
      const answer = await create({messages: say(picture)})
      assert.equal(answer.choices[0].message.content, 'A single pixel.')
    },
    async 'structured output'() {
      const format = {type: 'json_schema', json_schema: {name: 'place', schema: SCHEMA, strict: true}}
      const answer = await create({messages: say('where?'), response_format: format})
      assert.deepEqual(JSON.parse(answer.choices[0].message.content), {city: 'Paris'})
    },
    async error() {
      await assert.rejects(create({messages: say('fail')}), (error) => {
        assert.equal(error.status, 429)
        assert.equal(error.headers.get('retry-after'), '7')
        return true
      })
    },
  }
}

function aiSdk(apiKey, modelId) {
  const model = createOpenAICompatible({name: 'keyswitch', baseURL: url + '/v1', apiKey, supportsStructuredOutputs: true})(modelId)
  const tools = {
    get_weather: tool({description: 'The weather', inputSchema: jsonSchema(SCHEMA), execute: async () => ({ok: true})}),
    get_time: tool({description: 'The time', inputSchema: jsonSchema(NOTHING), execute: async () => ({ok: true})}),
  }
  const common = {model, maxRetries: 0}
  return {
    async plain() {
      const answer = await generateText({...common, prompt: 'hi'})
      assert.equal(answer.text, 'Hello there.')
      assert.equal(answer.usage.totalTokens, 15)
    },
    async streaming() {
      let text = ''
      for await (const piece of streamText({...common, prompt: 'hi'}).textStream) text += piece
      assert.equal(text, 'Hello there.')
    },
    async tools() {
      const answer = await generateText({...common, tools, stopWhen: stepCountIs(3), prompt: 'weather and time?'})
      assert.equal(answer.text, 'Sunny, at noon.')
      assert.equal(answer.steps[0].toolCalls.length, 2)
    },
    async 'streamed tools'() {
      let text = ''
      for await (const piece of streamText({...common, tools, stopWhen: stepCountIs(3), prompt: 'weather and time?'}).textStream) text += piece
      assert.equal(text, 'Sunny, at noon.')
    },
    async image() {
      const content = [{type: 'text', text: 'What is this?'}, {type: 'file', data: PIXEL, mediaType: 'image/png'}]
      const answer = await generateText({...common, messages: [{role: 'user', content}]})
      assert.equal(answer.text, 'A single pixel.')
    },
    async 'structured output'() {
      const answer = await generateText({...common, output: Output.object({schema: jsonSchema(SCHEMA)}), prompt: 'where?'})
      assert.deepEqual(answer.output, {city: 'Paris'})
    },
    async error() {
      await assert.rejects(generateText({...common, prompt: 'fail'}), (error) => error.statusCode === 429)
    },
  }
}

function langChain(apiKey, model) {
  const chat = new ChatOpenAI({model, apiKey, maxRetries: 0, configuration: {baseURL: url + '/v1'}, useResponsesApi: false})
  return {
    async plain() {
      const answer = await chat.invoke('hi')
      assert.equal(answer.content, 'Hello there.')
      assert.equal(answer.usage_metadata.total_tokens, 15)
    },
    async streaming() {
      let text = ''
      for await (const chunk of await chat.stream('hi')) text += chunk.content
      assert.equal(text, 'Hello there.')
    },
    async tools() {
      const bound = chat.bindTools(TOOLS)
      const question = new HumanMessage('weather and time?')
      const first = await bound.invoke([question])
      assert.deepEqual(first.tool_calls.map((call) => [call.name, call.args]), [['get_weather', {city: 'Paris'}], ['get_time', {}]])
      const results = first.tool_calls.map((call) => new ToolMessage({tool_call_id: call.id, content: '{"ok":true}'}))
      assert.equal((await bound.invoke([question, first, ...results])).content, 'Sunny, at noon.')
    },
    async 'streamed tools'() {
      let whole
      for await (const chunk of await chat.bindTools(TOOLS).stream('weather and time?')) whole = whole ? whole.concat(chunk) : chunk
      assert.deepEqual(whole.tool_calls.map((call) => [call.name, call.args]), [['get_weather', {city: 'Paris'}], ['get_time', {}]])
    },
    async image() {
      assert.equal((await chat.invoke([new HumanMessage({content: picture})])).content, 'A single pixel.')
    },
    async 'structured output'() {
      const structured = chat.withStructuredOutput(SCHEMA, {name: 'place', method: 'jsonSchema'})
      assert.deepEqual(await structured.invoke('where?'), {city: 'Paris'})
    },
    async error() {
      await assert.rejects(chat.invoke('fail'), (error) => error.status === 429)
    },
  }
}

const clients = {
  'openai (Node)': (key) => openAiLike(new OpenAI({apiKey: key, baseURL: url + '/v1', maxRetries: 0}), 'default'),
  'groq-sdk (Node)': (key) => openAiLike(new Groq({apiKey: key, baseURL: url, maxRetries: 0}), 'default'),
  'Vercel AI SDK': (key) => aiSdk(key, 'default'),
  'LangChain (JS)': (key) => langChain(key, 'default'),
}

const results = []
for (const [client, make] of Object.entries(clients)) {
  for (const [wire, key] of Object.entries(tokens)) {
    for (const [can, run] of Object.entries(make(key))) {
      const problem = await run().then(() => null, (error) => String(error.stack ?? error).slice(0, 1000))
      results.push({client, wire, can, problem})
    }
  }
}
console.log(JSON.stringify(results))
process.exit(0)
