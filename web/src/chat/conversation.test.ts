import type {ReactiveControllerHost} from 'lit'
import {beforeEach, describe, expect, it, vi} from 'vitest'
import {CallError, Unreachable, type Client} from '../client.js'
import {en} from '../language/en.js'
import type {Answer, ServedBy, StoredMessage, ThreadPage} from '../protocol.js'
import {Conversation} from './conversation.js'

const KEYSWITCH: ServedBy = {provider: 'groq', modelId: 'm-1', keySource: 'project'}

const host: ReactiveControllerHost = {
  addController: () => {},
  removeController: () => {},
  requestUpdate: () => {},
  updateComplete: Promise.resolve(true),
}

function answer(content: string, more: Partial<Answer> = {}): Answer {
  return {threadId: 't', message: {content, timestamp: '2026-01-01T00:00:00Z'}, servedBy: KEYSWITCH, ...more}
}

function message(
  role: 'user' | 'assistant',
  content: string,
  status: StoredMessage['status'] = 'complete',
): StoredMessage {
  return {role, content, timestamp: '2026-01-01T00:00:00Z', status}
}

/** A conversation with a scripted server. */
function conversation(script: {send?: Client['send']; page?: () => Promise<ThreadPage>; stop?: () => Promise<void>}) {
  const sent: unknown[] = []
  const stopped: unknown[] = []
  const client = {
    send: (...args: Parameters<Client['send']>) => {
      sent.push(args[0])
      return script.send?.(...args) ?? Promise.resolve(answer('fine'))
    },
    call: (name: string, data: object) => {
      if (name !== 'stopAnswer') return script.page?.() ?? Promise.resolve({threadId: 't', messages: []})
      stopped.push(data)
      return script.stop?.() ?? Promise.resolve({success: true})
    },
  } as unknown as Client
  const answered = vi.fn()
  return {talk: new Conversation(host, () => client, answered), sent, stopped, answered}
}

const said = (text: string, secret = false) => ({text, secret})
const contents = (talk: Conversation) => talk.entries.map((entry) => `${entry.role}: ${entry.content} (${entry.state})`)

beforeEach(() => {
  sessionStorage.clear()
})

describe('a message', () => {
  it('is shown at once and answered piece by piece', async () => {
    const seen: string[][] = []
    const {talk, answered} = conversation({
      send: (_, onDelta) => {
        seen.push(contents(talk))
        onDelta('Hel')
        seen.push(contents(talk))
        onDelta('lo')
        return Promise.resolve(answer('Hello'))
      },
    })
    await talk.say(said('hi'))
    expect(seen).toEqual([
      ['user: hi (complete)', 'assistant:  (waiting)'],
      ['user: hi (complete)', 'assistant: Hel (streaming)'],
    ])
    expect(contents(talk)).toEqual(['user: hi (complete)', 'assistant: Hello (complete)'])
    expect(answered).toHaveBeenCalledOnce()
    expect(talk.busy).toBe(false)
  })

  it('of blanks is not sent, and none while another is answered', async () => {
    let end = (_: Answer) => {}
    const {talk, sent} = conversation({send: () => new Promise((resolve) => (end = resolve))})
    await talk.say(said('  '))
    const first = talk.say(said('one'))
    await talk.say(said('two'))
    end(answer('x'))
    await first
    expect(sent).toHaveLength(1)
  })

  it('typed into a password field is never shown, and what is stored of it is', async () => {
    const {talk} = conversation({
      send: () => {
        expect(contents(talk)[0]).toBe('user: •••••••• (complete)')
        return Promise.resolve(answer('Done.', {storedAs: '[API key ending 1a2b]'}))
      },
    })
    await talk.say(said('the-secret-1a2b', true))
    expect(contents(talk)[0]).toBe('user: [API key ending 1a2b] (complete)')
    expect(sessionStorage.length === 0 || !JSON.stringify(sessionStorage).includes('secret')).toBe(true)
  })

  it('opens the flow that its answer brings', async () => {
    const flow = {step: 'provider', secret: false, options: []}
    const {talk} = conversation({send: () => Promise.resolve(answer('Which?', {flow}))})
    await talk.say(said('change my model'))
    expect(talk.flow).toEqual(flow)
  })
})

describe('a connection that breaks', () => {
  it('sends the message again under the same id', async () => {
    vi.useFakeTimers()
    let attempts = 0
    const {talk, sent} = conversation({
      send: (_, onDelta) => {
        onDelta('half')
        return ++attempts < 3 ? Promise.reject(new Unreachable()) : Promise.resolve(answer('whole'))
      },
    })
    const done = talk.say(said('hi'))
    await vi.advanceTimersByTimeAsync(1)
    expect(contents(talk)[1]).toBe('assistant: half (reconnecting)')
    await vi.advanceTimersByTimeAsync(5_000)
    await done
    vi.useRealTimers()
    expect(contents(talk)[1]).toBe('assistant: whole (complete)')
    expect(new Set(sent.map((one) => (one as {clientMessageId: string}).clientMessageId)).size).toBe(1)
    expect(sent).toHaveLength(3)
  })
})

describe('a refusal', () => {
  it('is shown with another try where one may help', async () => {
    let refused = true
    const {talk, sent} = conversation({
      send: () =>
        refused
          ? Promise.reject(new CallError('Groq is overloaded.', 'UNAVAILABLE', 'overloaded', true))
          : Promise.resolve(answer('fine')),
    })
    await talk.say(said('hi'))
    expect(talk.entries[1]).toMatchObject({state: 'failed', retry: true})
    expect(talk.entries[1]?.problem?.(en)).toBe('Groq is overloaded.')
    refused = false
    await talk.again(talk.entries[1]?.key ?? '')
    expect(contents(talk)[1]).toBe('assistant: fine (complete)')
    expect(sent[0]).toEqual(sent[1])
  })

  it.each(['', 'too_long'])('offers no other try where none helps (reason "%s")', async (reason) => {
    const {talk} = conversation({
      send: () => Promise.reject(new CallError('Too long.', 'INVALID_ARGUMENT', reason, false)),
    })
    await talk.say(said('hi'))
    expect(talk.entries[1]).toMatchObject({state: 'failed', retry: false})
  })
})

describe('a failed message', () => {
  const refusedKey = new CallError('Groq refuses the key.', 'FAILED_PRECONDITION', 'invalid_key', false)
  const unmended = () => {
    let mended = false
    const script = {
      send: () => (mended ? Promise.resolve(answer('fine')) : Promise.reject(refusedKey)),
      page: () => Promise.reject<ThreadPage>(new CallError('Thread not found.', 'NOT_FOUND', '', false)),
    }
    return {script, mend: () => (mended = true)}
  }
  const failed = (id: string, content = 'first') => ({...message('user', content, 'incomplete'), clientMessageId: id})

  it('can be sent again when the key was mended, and after later messages', async () => {
    const {script, mend} = unmended()
    const {talk, sent} = conversation(script)
    await talk.say(said('first'))
    expect(talk.entries[1]).toMatchObject({state: 'failed', retry: true})
    mend()
    await talk.say(said('second'))
    expect(talk.entries[1]).toMatchObject({state: 'failed', retry: true})
    await talk.again(talk.entries[1]?.key ?? '')
    expect(contents(talk)).toEqual([
      'user: first (complete)',
      'assistant: fine (complete)',
      'user: second (complete)',
      'assistant: fine (complete)',
    ])
    expect(sent[2]).toEqual(sent[0])
  })

  it('can be sent again after a reload if it is stored', async () => {
    const messages = [failed('m-1'), message('user', 'second'), message('assistant', 'fine')]
    const {talk, sent} = conversation({page: () => Promise.resolve({threadId: 't', messages})})
    await talk.open('t')
    expect(contents(talk)[1]).toBe('assistant:  (failed)')
    await talk.again(talk.entries[1]?.key ?? '')
    expect(contents(talk)[1]).toBe('assistant: fine (complete)')
    expect(sent).toMatchObject([{clientMessageId: 'm-1', message: 'first'}])
  })

  it('can be sent again after a reload if it has never arrived', async () => {
    const {script, mend} = unmended()
    const before = conversation(script)
    await before.talk.say(said('first'))
    const after = conversation(script)
    await after.talk.open(before.talk.threadId)
    expect(contents(after.talk)).toEqual(['user: first (complete)', 'assistant:  (failed)'])
    mend()
    await after.talk.again(after.talk.entries[1]?.key ?? '')
    expect(contents(after.talk)[1]).toBe('assistant: fine (complete)')
    expect(after.sent[0]).toEqual(before.sent[0])
  })

  it('whose keys were removed is not what was sent, and is not offered', async () => {
    const messages = [failed('m-1', 'my key: [API key ending 1a2b]')]
    const {talk} = conversation({page: () => Promise.resolve({threadId: 't', messages})})
    await talk.open('t')
    expect(contents(talk)).toEqual(['user: my key: [API key ending 1a2b] (complete)'])
  })

  it('keeps its reason when the thread is read again, and stays if it is not stored', async () => {
    const {script} = unmended()
    const {talk} = conversation({
      ...script,
      page: () =>
        Promise.resolve({threadId: 't', messages: [message('user', 'elsewhere'), message('assistant', 'yes')]}),
    })
    await talk.say(said('first'))
    await talk.refresh()
    expect(contents(talk)).toEqual([
      'user: elsewhere (complete)',
      'assistant: yes (complete)',
      'user: first (complete)',
      'assistant:  (failed)',
    ])
    expect(talk.entries[3]?.problem?.(en)).toBe('Groq refuses the key.')
  })

  it('typed in secret is not kept when something else is said', async () => {
    const {talk, sent} = conversation({
      send: (words) =>
        words.secret
          ? Promise.reject(new CallError('Busy.', 'UNAVAILABLE', 'overloaded', true))
          : Promise.resolve(answer('x')),
    })
    await talk.say(said('the-secret-1a2b', true))
    expect(talk.entries[1]?.retry).toBe(true)
    expect(JSON.stringify({...sessionStorage})).not.toContain('the-secret')
    await talk.say(said('hi'))
    expect(talk.entries[1]?.retry).toBe(false)
    await talk.again(talk.entries[1]?.key ?? '')
    expect(sent).toHaveLength(2)
  })
})

describe('stopping', () => {
  const half: Client['send'] = (_, onDelta, signal) => {
    onDelta('half')
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
  }

  it('keeps what arrived, tells the server, and offers another try', async () => {
    const {talk, stopped} = conversation({send: half})
    const done = talk.say(said('hi'))
    await Promise.resolve()
    talk.stop()
    await done
    expect(talk.entries[1]).toMatchObject({content: 'half', state: 'incomplete', retry: true})
    expect(stopped).toEqual([{threadId: talk.threadId, clientMessageId: talk.entries[1]?.key.slice(1)}])
  })

  it('comes before another try, and does not hinder it if the server cannot be reached', async () => {
    let hear = (_: Error) => {}
    const {talk, sent} = conversation({
      send: (...args) => (sent.length === 1 ? half(...args) : Promise.resolve(answer('whole'))),
      stop: () => new Promise((_, reject) => (hear = reject)),
    })
    const done = talk.say(said('hi'))
    await Promise.resolve()
    talk.stop()
    await done
    const again = talk.again(talk.entries[1]?.key ?? '')
    await Promise.resolve()
    expect(sent).toHaveLength(1)
    hear(new Unreachable())
    await again
    expect(talk.entries[1]).toMatchObject({content: 'whole', state: 'complete'})
  })

  it('is not what leaving the thread does', async () => {
    const {talk, stopped} = conversation({send: half})
    const done = talk.say(said('hi'))
    await Promise.resolve()
    talk.startNew()
    await done
    expect(stopped).toEqual([])
  })
})

describe('a stored thread', () => {
  it('is shown from its end', async () => {
    const messages = [message('user', 'q'), message('assistant', 'a', 'incomplete')]
    const {talk} = conversation({page: () => Promise.resolve({threadId: 't', messages, nextPageToken: 'p'})})
    await talk.open('t')
    expect(contents(talk)).toEqual(['user: q (complete)', 'assistant: a (incomplete)'])
    expect(talk.earlier).not.toBeNull()
    expect(talk.loading).toBe(false)
  })

  it('whose last message is being answered elsewhere is read on', async () => {
    const running: StoredMessage = {...message('user', 'q', 'streaming'), clientMessageId: 'c-1'}
    const {talk, sent} = conversation({page: () => Promise.resolve({threadId: 't', messages: [running]})})
    await talk.open('t')
    await vi.waitFor(() => expect(contents(talk)).toEqual(['user: q (complete)', 'assistant: fine (complete)']))
    expect(sent).toEqual([{threadId: 't', message: 'q', clientMessageId: 'c-1', secret: false}])
  })

  it('that is gone is said to be so, and a new one begins', async () => {
    const {talk} = conversation({
      page: () => Promise.reject(new CallError('Thread not found.', 'NOT_FOUND', '', false)),
    })
    await talk.open('t')
    expect(talk.gone).toBe(true)
    expect(talk.threadId).not.toBe('t')
  })

  it('read too late for another visit is not shown', async () => {
    let arrive = (_: ThreadPage) => {}
    const {talk} = conversation({page: () => new Promise((resolve) => (arrive = resolve))})
    const first = talk.open('t')
    talk.startNew()
    arrive({threadId: 't', messages: [message('user', 'late')]})
    await first
    expect(talk.entries).toEqual([])
  })
})
