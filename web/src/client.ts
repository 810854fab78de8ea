import {en} from './language/en.js'
import type {Labels, Sentence} from './language/labels.js'
import type {Answer, SentMessage} from './protocol.js'

export type Token = string | null | undefined

/** Gives the ID token of the signed-in user, for instance `() => auth.currentUser?.getIdToken()`. */
export type TokenSource = () => Token | Promise<Token>

/** Keyswitch refused. The message is a sentence for the user. */
export class CallError extends Error {
  override readonly name = 'CallError'

  constructor(
    message: string,
    readonly code: string,
    /** Why, in a word that programs can read; empty for nothing more than the code says. */
    readonly reason: string,
    /** Whether the same may succeed later. */
    readonly retryable: boolean,
  ) {
    super(message)
  }
}

/** An error of the client itself, named by its label. The message is the English one. */
export class Failure extends Error {
  override readonly name: string = 'Failure'

  constructor(readonly label: keyof Labels['connection']) {
    super(en.connection[label])
  }
}

/** Nobody knows whether the call arrived. */
export class Unreachable extends Failure {
  override readonly name = 'Unreachable'

  constructor(label: keyof Labels['connection'] = 'unreachable') {
    super(label)
  }
}

/** What a failure says to the user. */
export function sentence(failure: unknown): Sentence {
  return ({connection}) => {
    if (failure instanceof Failure) return connection[failure.label]
    if (failure instanceof CallError && failure.code === 'UNAUTHENTICATED') return connection.signInRefused
    if (failure instanceof CallError && failure.code === 'INTERNAL') return connection.unknown
    return failure instanceof Error ? failure.message : connection.unknown
  }
}

/** A check with a slow provider takes up to half a minute. */
const CALL_TIMEOUT_MS = 60_000

/** While it waits, the server says something every 30 seconds. */
const SILENCE_MS = 75_000

interface WireError {
  readonly message: string
  readonly status: string
  readonly details?: {readonly reason?: string; readonly retryable?: boolean}
}

/** Calls the functions of one Keyswitch server for one user, by the protocol of Firebase's callable functions. */
export class Client {
  private warned = false

  /** @param language the language of the error messages, as a tag; by default the languages of the browser */
  constructor(
    private readonly endpoint: string,
    private readonly token: () => Promise<string>,
    private readonly language?: () => string,
  ) {}

  /**
   * Calls a function.
   *
   * @throws CallError if Keyswitch refuses
   * @throws Unreachable if no answer came
   */
  async call<Result>(name: string, data: object = {}): Promise<Result> {
    const response = await this.post(name, data, 'application/json', AbortSignal.timeout(CALL_TIMEOUT_MS))
    return result<Result>(response)
  }

  /**
   * Sends a message and hands its answer on as it comes.
   *
   * @param signal ends the answer; what arrived is kept
   * @throws CallError if Keyswitch refuses, or the answer ends in an error
   * @throws Unreachable if the connection breaks
   */
  async send(message: SentMessage, onDelta: (delta: string) => void, signal: AbortSignal): Promise<Answer> {
    const response = await this.post('sendChatMessage', message, 'text/event-stream', signal)
    if (!response.body || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
      return result<Answer>(response)
    }
    for await (const event of events(response.body, signal)) {
      if (event.error) throw refusal(event.error)
      if (event.result) return event.result
      if (event.message) onDelta(event.message.delta)
    }
    throw new Unreachable('broken')
  }

  /** The base URL for programs that use OpenAI's protocol. */
  get openAiUrl(): string {
    return new URL(this.url('v1'), location.href).href
  }

  private url(name: string): string {
    return this.endpoint.replace(/\/+$/, '') + '/' + name
  }

  private async post(name: string, data: object, accept: string, signal: AbortSignal): Promise<Response> {
    const headers = {
      'Content-Type': 'application/json',
      Accept: accept,
      Authorization: 'Bearer ' + (await this.token()),
      ...(this.language && {'Accept-Language': this.language()}),
    }
    const url = this.url(name)
    try {
      return await fetch(url, {method: 'POST', headers, body: JSON.stringify({data}), signal})
    } catch (failure) {
      this.warnOfOrigins(url)
      throw unreachable(failure, signal)
    }
  }

  /** A browser does not say whether a server is away or refuses this page. */
  private warnOfOrigins(url: string): void {
    const server = new URL(url, location.href).origin
    if (this.warned || server === location.origin) return
    this.warned = true
    console.warn(`keyswitch: no answer from ${server}. If it runs, is ${location.origin} in its server.allowedOrigins?`)
  }
}

/** A user's own stop stays what it is. */
function unreachable(failure: unknown, signal: AbortSignal): unknown {
  const stopped = signal.aborted && failure instanceof DOMException && failure.name === 'AbortError'
  return stopped ? failure : new Unreachable()
}

async function result<Result>(response: Response): Promise<Result> {
  const body = (await response.json().catch(() => null)) as {result?: Result; error?: WireError} | null
  if (body?.error) throw refusal(body.error)
  if (body === null || !('result' in body)) throw new Unreachable('unreadable')
  return body.result as Result
}

function refusal(error: WireError): CallError {
  const reason = error.details?.reason ?? ''
  // Firebase's SDK gives the message to programs; people read what to do.
  const message = error.status === 'UNAUTHENTICATED' ? en.connection.signInRefused : error.message
  return new CallError(message, error.status, reason, error.details?.retryable === true)
}

interface StreamEvent {
  readonly message?: {readonly delta: string}
  readonly result?: Answer
  readonly error?: WireError
}

/** The events of a stream, until it ends or is silent for too long. */
async function* events(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<StreamEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const {value, done} = await withinSilence(reader.read())
      if (done) return
      const lines = (rest + decoder.decode(value, {stream: true})).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('data: ')) yield JSON.parse(line.slice('data: '.length)) as StreamEvent
      }
    }
  } catch (failure) {
    throw unreachable(failure, signal)
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

async function withinSilence<Value>(read: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unreachable('timeout')), SILENCE_MS)
  })
  try {
    return await Promise.race([read, silence])
  } finally {
    clearTimeout(timer)
  }
}
