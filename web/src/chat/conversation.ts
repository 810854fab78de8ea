import type {ReactiveController, ReactiveControllerHost} from 'lit'
import {CallError, sentence, Unreachable, type Client} from '../client.js'
import {newId} from '../ids.js'
import type {Sentence} from '../language/labels.js'
import {moreThan, type More} from '../more.js'
import {Patience} from '../patience.js'
import type {Answer, Flow, ServedBy, StoredMessage, Suggestion, ThreadPage} from '../protocol.js'
import {unanswered} from './unanswered.js'

/** One message as it is shown. Never changed: a new one takes its place, so that only what is new is drawn again. */
export interface Entry {
  readonly key: string
  readonly role: 'user' | 'assistant'
  readonly content: string
  readonly state: 'complete' | 'waiting' | 'streaming' | 'reconnecting' | 'incomplete' | 'failed'
  readonly servedBy?: ServedBy | undefined
  /** What went wrong. */
  readonly problem?: Sentence | undefined
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
const NO_ANSWER = {role: 'assistant', content: '', state: 'waiting'} as const
const STOPPED: Partial<Entry> = {state: 'incomplete', problem: ({message}) => message.stopped, retry: true}
/** A server that restarts is back long before. */
const PATIENCE_MS = 120_000

/**
 * A thread: its messages, the one being answered, and the question that is open. When the connection breaks it sends the
 * message again under the same id, so nothing is lost and nothing is answered twice.
 */
export class Conversation implements ReactiveController {
  /** Nothing has been said in it yet: until then every new thread is this one. */
  private fresh = newThreadId()
  threadId = this.fresh
  entries: readonly Entry[] = []
  flow: Flow | null = null
  /** Requests that the last message may have made. */
  suggestions: readonly Suggestion[] = []
  /** What was said before the first message shown; null if nothing was. */
  earlier: More | null = null
  loading = false
  /** Why the thread could not be read; null if it could. */
  problem: Sentence | null = null
  /** Whether the thread to be shown is not there: it was deleted, or is somebody else's. */
  gone = false
  private readonly patience = new Patience()
  /** What is read for an earlier visit, of the same thread even, comes too late. */
  private visit = Symbol()
  /** When the last message known here was stored. */
  private latest = ''
  private turn: Turn | null = null
  private stopper: AbortController | null = null

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly client: () => Client,
    /** Hears of every answer. */
    private readonly onAnswer: (threadId: string, servedBy: ServedBy) => void,
  ) {
    host.addController(this)
  }

  hostDisconnected(): void {
    this.leave()
  }

  /** Whether an answer is in progress. */
  get busy(): boolean {
    return this.stopper !== null
  }

  /** Begins an empty thread. */
  startNew(): void {
    this.begin(this.fresh)
  }

  /** Shows a stored thread, from its end. */
  async open(threadId: string): Promise<void> {
    const visit = this.begin(threadId)
    this.loading = true
    try {
      const page = await this.page(threadId, visit)
      if (page === undefined) return
      this.loading = false
      this.show(page)
      this.resume(threadId)
    } catch (failure) {
      this.loading = false
      if (isGone(failure)) this.lose()
      else this.problem = sentence(failure)
      this.host.requestUpdate()
    }
  }

  private begin(threadId: string): symbol {
    this.leave()
    this.threadId = threadId
    this.visit = Symbol()
    this.loading = false
    this.show(null)
    return this.visit
  }

  /** Shows what was said elsewhere meanwhile, unless something is in progress here, or has failed and may be tried again. */
  async refresh(): Promise<void> {
    const {threadId, visit} = this
    const settled = () => this.visit === visit && !this.busy && this.entries.at(-1)?.state === 'complete'
    if (!settled()) return
    try {
      const page = await this.newest(threadId)
      if (!settled()) return
      this.flow = page.flow ?? null
      if (page.messages.at(-1)?.timestamp !== this.latest) this.show(page)
      this.host.requestUpdate()
    } catch (failure) {
      if (this.visit === visit && isGone(failure)) this.lose()
    }
  }

  private lose(): void {
    this.startNew()
    this.gone = true
  }

  /** Tries at once what waits to be tried again. */
  hurry(): void {
    this.patience.hurry()
  }

  /** Goes on waiting for an answer that a reload, or a look at another thread, has cut; offers it if it was stopped. */
  private resume(threadId: string): void {
    const message = unanswered.get(threadId)
    const last = this.entries.at(-1)
    if (message === undefined || last === undefined) return
    const question = last.role === 'user' ? last : this.entries.at(-2)
    if (last.role === 'assistant' && last.state !== 'incomplete') unanswered.remove(threadId)
    else if (question?.role === 'user') {
      const answer = last.role === 'assistant' ? last.key : 'a' + message.id
      if (last.role === 'user') this.entries = [...this.entries, {key: answer, ...NO_ANSWER}]
      this.turn = {text: question.content, secret: false, id: message.id, question: question.key, answer}
      if (message.stopped) this.change(answer, STOPPED)
      else void this.again()
    }
  }

  /** Reads a thread's end, again and again while Keyswitch cannot be reached; undefined if another visit has begun. */
  private page(threadId: string, visit: symbol): Promise<ThreadPage | undefined> {
    return this.patience.persist(
      () => this.newest(threadId),
      () => this.visit === visit,
      (failure) => {
        this.problem = (labels) => labels.common.tryingAgain(sentence(failure)(labels))
        this.host.requestUpdate()
      },
    )
  }

  private newest(threadId: string): Promise<ThreadPage> {
    return this.client().call<ThreadPage>('getThread', {threadId, newest: true})
  }

  /** Puts the messages before the first one shown in front. */
  async loadEarlier(): Promise<void> {
    const {earlier, threadId} = this
    if (earlier === null || earlier.loading) return
    const reading = {...earlier, loading: true, problem: null}
    this.earlier = reading
    this.host.requestUpdate()
    try {
      const data = {threadId, newest: true, pageToken: earlier.token}
      const page = await this.client().call<ThreadPage>('getThread', data)
      if (this.earlier !== reading) return
      this.earlier = moreThan(page)
      this.entries = [...page.messages.map(stored), ...this.entries]
    } catch (failure) {
      if (this.earlier === reading) this.earlier = {...earlier, problem: sentence(failure)}
    }
    this.host.requestUpdate()
  }

  /** Sends a message and shows its answer as it comes. */
  async say(words: Words): Promise<void> {
    if (this.busy || words.text.trim() === '') return
    if (this.threadId === this.fresh) this.fresh = newThreadId()
    const id = newId()
    const turn = {...words, id, question: 'q' + id, answer: 'a' + id}
    this.entries = [
      // The last message alone can be sent again.
      ...this.entries.map((entry) => (entry.retry ? {...entry, retry: false} : entry)),
      {key: turn.question, role: 'user', content: words.secret ? MASK : words.text, state: 'complete'},
      {key: turn.answer, ...NO_ANSWER},
    ]
    await this.run(turn)
  }

  /** Sends the last message again, in place of what came of it. */
  async again(): Promise<void> {
    if (this.busy) this.patience.hurry()
    if (!this.turn || this.busy) return
    this.change(this.turn.answer, {content: '', state: 'waiting', problem: undefined, retry: false})
    await this.run(this.turn)
  }

  /** Ends the answer in progress. What arrived stays. */
  stop(): void {
    const message = unanswered.get(this.threadId)
    if (this.busy && message) unanswered.set(this.threadId, {...message, stopped: true})
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
    this.suggestions = []
    if (!turn.secret) unanswered.set(threadId, {id: turn.id, stopped: false})
    this.host.requestUpdate()
    try {
      const answer = await this.deliver(turn, threadId, stopper.signal)
      this.finish(turn, answer)
      unanswered.remove(threadId)
      this.onAnswer(threadId, answer.servedBy)
    } catch (failure) {
      this.fail(turn, threadId, failure, stopper.signal)
    } finally {
      if (this.stopper === stopper) this.stopper = null
      this.host.requestUpdate()
    }
  }

  /** Sends until there is an answer or a refusal. */
  private async deliver(turn: Turn, threadId: string, signal: AbortSignal): Promise<Answer> {
    const message = {threadId, message: turn.text, clientMessageId: turn.id, secret: turn.secret}
    const deadline = Date.now() + PATIENCE_MS
    for (let attempts = 1; ; attempts++) {
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
        this.change(turn.answer, {state: 'reconnecting', problem: ({message}) => message.reconnecting})
        await this.patience.wait(attempts, signal)
      }
    }
  }

  private finish(turn: Turn, answer: Answer): void {
    // What is kept as it was typed is no secret, but a word such as "cancel".
    this.change(turn.question, {content: answer.storedAs ?? turn.text})
    const {content} = answer.message
    this.change(turn.answer, {content, state: 'complete', servedBy: answer.servedBy, problem: undefined, retry: false})
    if (this.has(turn)) {
      this.flow = answer.flow ?? null
      this.suggestions = answer.suggestions ?? []
      this.latest = answer.message.timestamp
    }
    this.forget(turn)
  }

  private fail(turn: Turn, threadId: string, failure: unknown, signal: AbortSignal): void {
    if (turn.secret) void this.restoreQuestion(threadId)
    if (signal.aborted) {
      this.change(turn.answer, STOPPED)
      return
    }
    unanswered.remove(threadId)
    const retry = !(failure instanceof CallError) || failure.retryable || failure.code === 'RESOURCE_EXHAUSTED'
    const partial = this.entries.find((entry) => entry.key === turn.answer)?.content
    this.change(turn.answer, {state: partial ? 'incomplete' : 'failed', problem: sentence(failure), retry})
    if (!retry) this.forget(turn)
  }

  /** What was typed in secret is not kept here for longer than it is needed. */
  private forget(turn: Turn): void {
    if (this.turn?.id === turn.id) this.turn = null
  }

  /** The next key is hidden as well. */
  private async restoreQuestion(threadId: string): Promise<void> {
    const {visit} = this
    const page = await this.newest(threadId).catch(() => null)
    if (!page || this.visit !== visit || this.busy) return
    this.flow = page.flow ?? null
    this.host.requestUpdate()
  }

  private has(turn: Turn): boolean {
    return this.entries.some((entry) => entry.key === turn.answer)
  }

  private change(key: string, changes: Partial<Entry>): void {
    this.entries = this.entries.map((entry) => (entry.key === key ? {...entry, ...changes} : entry))
    this.host.requestUpdate()
  }

  private show(page: ThreadPage | null): void {
    this.entries = page?.messages.map(stored) ?? []
    this.flow = page?.flow ?? null
    this.suggestions = []
    this.earlier = page && moreThan(page)
    this.latest = page?.messages.at(-1)?.timestamp ?? ''
    this.problem = null
    this.gone = false
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

function isGone(failure: unknown): boolean {
  return failure instanceof CallError && failure.code === 'NOT_FOUND'
}

function stored(message: StoredMessage): Entry {
  const cut = message.role === 'assistant' && message.status === 'incomplete'
  return {
    key: newId(),
    role: message.role,
    content: message.content,
    state: cut ? 'incomplete' : 'complete',
    servedBy: message.servedBy,
    problem: cut ? ({message}) => message.incomplete : undefined,
  }
}

function newThreadId(): string {
  return 'chat-' + newId()
}
