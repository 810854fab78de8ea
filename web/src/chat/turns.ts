import {newId} from '../ids.js'
import type {Sentence} from '../language/labels.js'
import type {ServedBy, StoredMessage} from '../protocol.js'
import {hasRemovedKeys} from './removed.js'

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

/** A message that can be sent again, and the entries that show it and its answer. */
export interface Turn extends Words {
  /** Makes sending it again harmless. */
  readonly id: string
  readonly question: string
  readonly answer: string
  /** Whether the server has the message. */
  readonly stored: boolean
}

export const NO_ANSWER = {role: 'assistant', content: '', state: 'waiting'} as const
export const UNANSWERED: Partial<Entry> = {
  state: 'failed',
  problem: ({message}) => message.unanswered,
  retry: true,
}

/** The turn of a message; what shows it has keys of the same id, stored or not. */
export function turnOf(words: Words, id: string, stored = false): Turn {
  return {...words, id, question: 'q' + id, answer: 'a' + id, stored}
}

/** The entries of stored messages, and the turns that have no whole answer. */
export function readMessages(messages: readonly StoredMessage[]): {entries: readonly Entry[]; turns: readonly Turn[]} {
  return {
    entries: messages.flatMap((message, index) => storedEntries(message, messages[index - 1], messages[index + 1])),
    turns: messages.flatMap((message) => turnOfStored(message) ?? []),
  }
}

/** A message whose keys were removed is not what was sent, and cannot be sent again. */
function turnOfStored({role, content, status, clientMessageId}: StoredMessage): Turn | null {
  if (role !== 'user' || status === 'complete' || clientMessageId === undefined || hasRemovedKeys(content)) return null
  return turnOf({text: content, secret: false}, clientMessageId, true)
}

function storedEntries(message: StoredMessage, before?: StoredMessage, after?: StoredMessage): readonly Entry[] {
  if (message.role === 'assistant') return [storedAnswer(message, before)]
  const {content, clientMessageId, status} = message
  const key = clientMessageId === undefined ? newId() : 'q' + clientMessageId
  const question: Entry = {key, role: 'user', content, state: 'complete'}
  const turn = turnOfStored(message)
  const unanswered = turn !== null && status === 'incomplete' && after?.role !== 'assistant'
  return unanswered ? [question, {key: turn.answer, ...NO_ANSWER, ...UNANSWERED}] : [question]
}

function storedAnswer({content, status, servedBy}: StoredMessage, before?: StoredMessage): Entry {
  const key = before?.clientMessageId === undefined ? newId() : 'a' + before.clientMessageId
  const entry: Entry = {key, role: 'assistant', content, state: 'complete', servedBy}
  if (status !== 'incomplete') return entry
  const retry = before !== undefined && turnOfStored(before) !== null
  return {...entry, state: 'incomplete', problem: ({message}) => message.incomplete, retry}
}
