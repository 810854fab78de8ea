import type {ReactiveController, ReactiveControllerHost} from 'lit'
import {CallError, sentence, Unreachable, type Client} from '../client.js'
import {newId} from '../ids.js'
import type {Sentence} from '../language/labels.js'
import {moreThan, type More} from '../more.js'
import {Patience} from '../patience.js'
import type {Answer, Flow, ServedBy, StoredMessage, Suggestion, ThreadPage} from '../protocol.js'
import {NO_ANSWER, readMessages, turnOf, UNANSWERED, type Entry, type Turn, type Words} from './turns.js'
import {unanswered, type Unanswered} from './unanswered.js'

/** Stands for what was typed as a secret. */
export const MASK = '••••••••'
const STOPPED: Partial<Entry> = {state: 'incomplete', problem: ({message}) => message.stopped, retry: true}
/** A server that restarts is back long before. */
const PATIENCE_MS = 120_000

/**
 * A thread: its messages, the one being answered, and the question that is open. When the connection breaks it sends the
 * message again under the same id, and reads on in the answer that the server has gone on with, so nothing is lost and
 * nothing is answered twice.
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
  /** What can be sent again, by the keys of the answers. */
  private readonly turns = new Map<string, Turn>()
  private running: {readonly turn: Turn; readonly stopper: AbortController} | null = null
  /** The server has heard of the last stop, or cannot be reached. */
  private stopped: Promise<unknown> = Promise.resolve()

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
    return this.running !== null
  }

  /** Whether nothing was said in the thread yet, so that only this page knows it. */
  get isNew(): boolean {
    return this.threadId === this.fresh
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
      this.resume(page)
    } catch (failure) {
      this.loading = false
      if (isGone(failure)) {
        // It may be that its first message never arrived.
        if (!this.resume({threadId, messages: []})) this.lose()
      } else this.problem = sentence(failure)
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

  /** Shows what was said elsewhere meanwhile, unless something is in progress here, or has failed for good. */
  async refresh(): Promise<void> {
    const {threadId, visit} = this
    const settled = () => this.visit === visit && !this.busy && this.isSettled
    if (!settled()) return
    try {
      const page = await this.newest(threadId)
      if (!settled()) return
      this.flow = page.flow ?? null
      if (page.messages.at(-1)?.timestamp !== this.latest) this.update(page)
      this.host.requestUpdate()
    } catch (failure) {
      if (this.visit === visit && isGone(failure)) this.lose()
    }
  }

  /** Shows a page in place of what is shown, but for what is known here alone: why a message failed, and unsent ones. */
  private update(page: ThreadPage): void {
    const before = new Map(this.entries.map((entry) => [entry.key, entry]))
    const sent = new Set(page.messages.map(({clientMessageId}) => clientMessageId))
    const unsent = [...this.turns.values()].filter((turn) => !turn.stored && !sent.has(turn.id))
    const keys = new Set(unsent.flatMap(({question, answer}) => [question, answer]))
    this.show(page)
    for (const turn of unsent) this.turns.set(turn.answer, turn)
    this.entries = [
      ...this.entries.map((entry) => (entry.retry ? (before.get(entry.key) ?? entry) : entry)),
      ...[...before.values()].filter(({key}) => keys.has(key)),
    ]
  }

  private get isSettled(): boolean {
    const last = this.entries.at(-1)
    return last?.state === 'complete' || last?.retry === true
  }

  private lose(): void {
    this.startNew()
    this.gone = true
  }

  /** Tries at once what waits to be tried again. */
  hurry(): void {
    this.patience.hurry()
  }

  /**
   * Goes on reading an answer after a reload or a look at another thread, and one that was asked for elsewhere; offers it
   * if it was stopped or has failed. Tells whether there is such a message.
   */
  private resume({threadId, messages}: ThreadPage): boolean {
    const message = unanswered.get(threadId) ?? runningIn(messages)
    if (message === undefined) return false
    const known = this.turnWith(message.id)
    const answered = !known && messages.some(({clientMessageId}) => clientMessageId === message.id)
    if (answered || (!known && message.text === undefined)) {
      unanswered.remove(threadId)
      return false
    }
    const turn = known ?? this.restore(message.id, message.text ?? '')
    if (!this.has(turn)) this.entries = [...this.entries, {key: turn.answer, ...NO_ANSWER}]
    if (message.state === 'awaited') void this.again(turn.answer)
    else this.change(turn.answer, message.state === 'stopped' ? STOPPED : UNANSWERED)
    return true
  }

  private turnWith(id: string): Turn | undefined {
    return [...this.turns.values()].find((turn) => turn.id === id)
  }

  /** Shows a message that has not reached the server. */
  private restore(id: string, text: string): Turn {
    const turn = turnOf({text, secret: false}, id)
    this.turns.set(turn.answer, turn)
    this.entries = [...this.entries, {key: turn.question, role: 'user', content: text, state: 'complete'}]
    return turn
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
      this.entries = [...this.take(page), ...this.entries]
    } catch (failure) {
      if (this.earlier === reading) this.earlier = {...earlier, problem: sentence(failure)}
    }
    this.host.requestUpdate()
  }

  /** Sends a message and shows its answer as it comes. */
  async say(words: Words): Promise<void> {
    if (this.busy || words.text.trim() === '') return
    if (this.threadId === this.fresh) this.fresh = newThreadId()
    const turn = turnOf(words, newId())
    this.forgetSecrets()
    this.entries = [
      ...this.entries,
      {key: turn.question, role: 'user', content: words.secret ? MASK : words.text, state: 'complete'},
      {key: turn.answer, ...NO_ANSWER},
    ]
    await this.run(turn)
  }

  /** Sends a message again, in place of the answer that came of it. */
  async again(answer: string): Promise<void> {
    if (this.busy) this.patience.hurry()
    const turn = this.turns.get(answer)
    if (!turn || this.busy) return
    const {flow, threadId} = this
    this.change(answer, {content: '', state: 'waiting', problem: undefined, retry: false})
    await this.run(turn)
    // The question that is open may be none of this message.
    if (flow !== null) await this.restoreQuestion(threadId)
  }

  /** Ends the answer in progress. What arrived stays. */
  stop(): void {
    const {running, threadId} = this
    if (running === null) return
    const message = unanswered.get(threadId)
    if (message) unanswered.set(threadId, {...message, state: 'stopped'})
    this.leave()
    const data = {threadId, clientMessageId: running.turn.id}
    // A server that does not hear of it gives the whole answer.
    this.stopped = this.client()
      .call('stopAnswer', data)
      .catch(() => undefined)
  }

  /** Stops to wait for the answer here; it is asked for again when the thread is opened again. */
  private leave(): void {
    this.running?.stopper.abort()
  }

  private async run(turn: Turn): Promise<void> {
    const stopper = new AbortController()
    const threadId = this.threadId
    this.running = {turn, stopper}
    this.turns.set(turn.answer, turn)
    this.flow = null
    this.suggestions = []
    if (!turn.secret) unanswered.set(threadId, {id: turn.id, text: turn.text, state: 'awaited'})
    this.host.requestUpdate()
    try {
      const answer = await this.deliver(turn, threadId, stopper.signal)
      this.finish(turn, answer)
      unanswered.remove(threadId)
      this.onAnswer(threadId, answer.servedBy)
    } catch (failure) {
      this.fail(turn, threadId, failure, stopper.signal)
    } finally {
      if (this.running?.stopper === stopper) this.running = null
      this.host.requestUpdate()
    }
  }

  /** Sends until there is an answer or a refusal. */
  private async deliver(turn: Turn, threadId: string, signal: AbortSignal): Promise<Answer> {
    const message = {threadId, message: turn.text, clientMessageId: turn.id, secret: turn.secret}
    const deadline = Date.now() + PATIENCE_MS
    // It may be this message that was stopped.
    await this.stopped
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
    if (this.entries.at(-1)?.key === turn.answer) {
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
    const retry = mayHelp(failure, turn)
    const message = unanswered.get(threadId)
    if (!retry) unanswered.remove(threadId)
    else if (message?.id === turn.id) unanswered.set(threadId, {...message, state: 'failed'})
    const partial = this.entries.find((entry) => entry.key === turn.answer)?.content
    this.change(turn.answer, {state: partial ? 'incomplete' : 'failed', problem: sentence(failure), retry})
    if (!retry) this.forget(turn)
  }

  private forget(turn: Turn): void {
    this.turns.delete(turn.answer)
  }

  /** What was typed in secret is not kept here for longer than it is needed. */
  private forgetSecrets(): void {
    const secrets = [...this.turns.values()].filter((turn) => turn.secret)
    for (const turn of secrets) {
      this.forget(turn)
      this.change(turn.answer, {retry: false})
    }
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

  /** The entries of stored messages; those without a whole answer can be sent again. */
  private take({messages}: ThreadPage): readonly Entry[] {
    const {entries, turns} = readMessages(messages)
    for (const turn of turns) this.turns.set(turn.answer, turn)
    return entries
  }

  private show(page: ThreadPage | null): void {
    this.turns.clear()
    this.entries = page ? this.take(page) : []
    this.flow = page?.flow ?? null
    this.suggestions = []
    this.earlier = page && moreThan(page)
    this.latest = page?.messages.at(-1)?.timestamp ?? ''
    this.problem = null
    this.gone = false
    this.host.requestUpdate()
  }
}

/** The message that is being answered, if this page can send it again. */
function runningIn(messages: readonly StoredMessage[]): Unanswered | undefined {
  const message = messages.at(-1)
  if (message?.status !== 'streaming' || message.clientMessageId === undefined) return undefined
  return {id: message.clientMessageId, state: 'awaited'}
}

/** A broken connection, or a server that stops. */
function isPassing(failure: unknown): boolean {
  return failure instanceof Unreachable || (failure instanceof CallError && failure.reason === 'stopped')
}

function isGone(failure: unknown): boolean {
  return failure instanceof CallError && failure.code === 'NOT_FOUND'
}

/** The reasons of refused messages that no other key or model changes; empty for a mistake of the program. */
const UNCHANGING: ReadonlySet<string> = new Set(['', 'too_long'])

/** Whether a message may be answered when it is sent again, if only with another key or model. */
function mayHelp(failure: unknown, {secret}: Turn): boolean {
  if (!(failure instanceof CallError) || failure.retryable || failure.code === 'RESOURCE_EXHAUSTED') return true
  return !secret && (failure.code !== 'INVALID_ARGUMENT' || !UNCHANGING.has(failure.reason))
}

function newThreadId(): string {
  return 'chat-' + newId()
}
