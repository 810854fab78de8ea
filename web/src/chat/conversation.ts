import type {ReactiveController, ReactiveControllerHost} from 'lit'
import {CallError, sentence, Unreachable, type Client} from '../client.js'
import {unanswered} from './unanswered.js'
import type {Answer, Flow, ServedBy, StoredMessage, ThreadPage} from '../protocol.js'

/** One message as it is shown. Never changed: a new one takes its place, so that only what is new is drawn again. */
export interface Entry {
  readonly key: string
  readonly role: 'user' | 'assistant'
  readonly content: string
  readonly state: 'complete' | 'waiting' | 'streaming' | 'reconnecting' | 'incomplete' | 'failed'
  readonly servedBy?: ServedBy | undefined
  /** What went wrong, as a sentence. */
  readonly problem?: string | undefined
  /** Whether to offer another try. */
  readonly retry?: boolean | undefined
}

/** What the user says. */
export interface Words {
  readonly text: string
  /** Typed into the password field. */
  readonly secret: boolean
}

interface Turn extends Words {
  /** Makes sending it again harmless. */
  readonly id: string
  readonly question: string
  readonly answer: string
}

const MASK = '••••••••'
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 8_000
/** A server that restarts is back long before. */
const PATIENCE_MS = 120_000

/**
 * A thread: its messages, the one being answered, and the question that is open. When the connection breaks it sends the
 * message again under the same id, so nothing is lost and nothing is answered twice.
 */
export class Conversation implements ReactiveController {
  threadId = newThreadId()
  entries: readonly Entry[] = []
  flow: Flow | null = null
  /** The token of the page before the first message shown; null if there is none. */
  earlier: string | null = null
  loading = false
  /** Why the thread could not be read; null if it could. */
  problem: string | null = null
  private turn: Turn | null = null
  private stopper: AbortController | null = null

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly client: () => Client,
    /** Hears of an answer of Keyswitch itself, which may have changed the model. */
    private readonly onModelChange: () => void,
  ) {
    host.addController(this)
  }

  hostDisconnected(): void {
    this.leave()
  }

  /** Whether an answer is under way. */
  get busy(): boolean {
    return this.stopper !== null
  }

  /** Begins an empty thread. */
  startNew(): void {
    this.leave()
    this.threadId = newThreadId()
    this.show([], null, null)
  }

  /** Shows a stored thread, from its end. */
  async open(threadId: string): Promise<void> {
    this.leave()
    this.threadId = threadId
    this.loading = true
    this.show([], null, null)
    const page = await this.page(threadId)
    if (this.threadId !== threadId) return
    this.loading = false
    if (page) {
      this.show(page.messages.map(stored), page.flow ?? null, page.nextPageToken ?? null)
      this.resume(threadId)
    }
    this.host.requestUpdate()
  }

  /** Goes on waiting for an answer that a reload, or a look at another thread, has cut. */
  private resume(threadId: string): void {
    const id = unanswered.get(threadId)
    const last = this.entries.at(-1)
    if (id === undefined || last === undefined) return
    const question = last.role === 'user' ? last : this.entries.at(-2)
    if (last.state !== 'incomplete' && last.role === 'assistant') unanswered.remove(threadId)
    else if (question?.role === 'user') {
      const answer = last.role === 'assistant' ? last.key : 'a' + id
      if (last.role === 'user')
        this.entries = [...this.entries, {key: answer, role: 'assistant', content: '', state: 'waiting'}]
      else this.change(answer, {state: 'waiting', content: '', problem: undefined})
      void this.run({text: question.content, secret: false, id, question: question.key, answer})
    }
  }

  private async page(threadId: string): Promise<ThreadPage | null> {
    for (let pause = FIRST_PAUSE_MS; this.threadId === threadId; pause = longer(pause)) {
      try {
        return await this.client().call<ThreadPage>('getThread', {threadId, newest: true})
      } catch (failure) {
        if (failure instanceof CallError && failure.code === 'NOT_FOUND') return null
        this.problem =
          failure instanceof Unreachable ? 'Keyswitch cannot be reached. Trying again …' : sentence(failure)
        this.host.requestUpdate()
        if (!(failure instanceof Unreachable)) return null
        await after(pause)
      }
    }
    return null
  }

  /** Puts the messages before the first one shown in front. */
  async loadEarlier(): Promise<void> {
    const token = this.earlier
    const threadId = this.threadId
    if (token === null) return
    this.earlier = null
    try {
      const page = await this.client().call<ThreadPage>('getThread', {threadId, newest: true, pageToken: token})
      if (this.threadId !== threadId) return
      this.earlier = page.nextPageToken ?? null
      this.entries = [...page.messages.map(stored), ...this.entries]
    } catch {
      this.earlier = token
    }
    this.host.requestUpdate()
  }

  /** Sends a message and shows its answer as it comes. */
  async say(words: Words): Promise<void> {
    if (this.busy || words.text.trim() === '') return
    const id = crypto.randomUUID()
    const turn = {...words, id, question: 'q' + id, answer: 'a' + id}
    this.entries = [
      ...this.entries,
      {key: turn.question, role: 'user', content: words.secret ? MASK : words.text, state: 'complete'},
      {key: turn.answer, role: 'assistant', content: '', state: 'waiting'},
    ]
    await this.run(turn)
  }

  /** Sends the last message again, in place of what came of it. */
  async again(): Promise<void> {
    if (!this.turn || this.busy) return
    this.change(this.turn.answer, {content: '', state: 'waiting', problem: undefined, retry: false})
    await this.run(this.turn)
  }

  /** Ends the answer under way. What arrived stays. */
  stop(): void {
    if (this.busy) unanswered.remove(this.threadId)
    this.leave()
  }

  /** Stops to wait for the answer here; it is asked for again when the thread is opened again. */
  private leave(): void {
    this.stopper?.abort()
  }

  private async run(turn: Turn): Promise<void> {
    const stopper = new AbortController()
    const threadId = this.threadId
    this.stopper = stopper
    this.turn = turn
    this.flow = null
    if (!turn.secret) unanswered.add(threadId, turn.id)
    this.host.requestUpdate()
    try {
      this.finish(turn, await this.deliver(turn, threadId, stopper.signal))
      unanswered.remove(threadId)
    } catch (failure) {
      await this.fail(turn, threadId, failure, stopper.signal)
    } finally {
      if (this.stopper === stopper) this.stopper = null
      this.host.requestUpdate()
    }
  }

  /** Sends until there is an answer or a refusal. */
  private async deliver(turn: Turn, threadId: string, signal: AbortSignal): Promise<Answer> {
    const message = {threadId, message: turn.text, clientMessageId: turn.id, secret: turn.secret}
    const deadline = Date.now() + PATIENCE_MS
    for (let pause = FIRST_PAUSE_MS; ; pause = longer(pause)) {
      let content = ''
      try {
        return await this.client().send(
          message,
          (delta) => {
            content += delta
            this.change(turn.answer, {content, state: 'streaming', problem: undefined})
          },
          signal,
        )
      } catch (failure) {
        if (signal.aborted || !isPassing(failure) || Date.now() > deadline) throw failure
        this.change(turn.answer, {state: 'reconnecting', problem: 'The connection is gone. Trying again …'})
        await after(pause, signal)
      }
    }
  }

  private finish(turn: Turn, answer: Answer): void {
    // What is kept as it was typed is no secret, but a word such as "cancel".
    this.change(turn.question, {content: answer.storedAs ?? turn.text})
    const {content} = answer.message
    this.change(turn.answer, {content, state: 'complete', servedBy: answer.servedBy, problem: undefined, retry: false})
    if (this.has(turn)) this.flow = answer.flow ?? null
    this.forget(turn)
    if (answer.servedBy.provider === 'keyswitch') this.onModelChange()
  }

  private async fail(turn: Turn, threadId: string, failure: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      this.change(turn.answer, {state: 'incomplete', problem: 'Stopped.', retry: true})
      return
    }
    unanswered.remove(threadId)
    const retry = !(failure instanceof CallError) || failure.retryable || failure.code === 'RESOURCE_EXHAUSTED'
    const partial = this.entries.find((entry) => entry.key === turn.answer)?.content
    this.change(turn.answer, {state: partial ? 'incomplete' : 'failed', problem: sentence(failure), retry})
    if (!retry) this.forget(turn)
    if (turn.secret) await this.restoreQuestion(threadId)
  }

  /** What was typed in secret is not kept here for longer than it is needed. */
  private forget(turn: Turn): void {
    if (this.turn?.id === turn.id) this.turn = null
  }

  private async restoreQuestion(threadId: string): Promise<void> {
    const page = await this.client()
      .call<ThreadPage>('getThread', {threadId, newest: true})
      .catch(() => null)
    if (page && this.threadId === threadId) this.flow = page.flow ?? null
  }

  private has(turn: Turn): boolean {
    return this.entries.some((entry) => entry.key === turn.answer)
  }

  private change(key: string, changes: Partial<Entry>): void {
    this.entries = this.entries.map((entry) => (entry.key === key ? {...entry, ...changes} : entry))
    this.host.requestUpdate()
  }

  private show(entries: readonly Entry[], flow: Flow | null, earlier: string | null): void {
    this.entries = entries
    this.flow = flow
    this.earlier = earlier
    this.problem = null
    this.turn = null
    this.host.requestUpdate()
  }
}

/** A broken connection, a server that stops, or the first attempt that is still running there. */
function isPassing(failure: unknown): boolean {
  return (
    failure instanceof Unreachable ||
    (failure instanceof CallError && ['stopped', 'in_flight'].includes(failure.reason))
  )
}

function stored(message: StoredMessage): Entry {
  const cut = message.role === 'assistant' && message.status === 'incomplete'
  return {
    key: crypto.randomUUID(),
    role: message.role,
    content: message.content,
    state: cut ? 'incomplete' : 'complete',
    servedBy: message.servedBy,
    problem: cut ? 'This answer is incomplete.' : undefined,
  }
}

function newThreadId(): string {
  return 'chat-' + crypto.randomUUID()
}

function longer(pause: number): number {
  return Math.min(pause * 2, LONGEST_PAUSE_MS)
}

/** Waits, but not longer than somebody wants to. */
function after(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
