const STORED = 'keyswitch-unanswered'

/** A message that has no answer yet, or half of one. */
export interface Unanswered {
  readonly id: string
  /** Whether its user has stopped the answer: then it is asked for again only if they want it. */
  readonly stopped: boolean
}

type ByThread = Readonly<Record<string, Unanswered>>

/**
 * The ids of messages without an answer, by thread, for as long as the tab is open: with its id a message can be sent again
 * after a reload and is answered in its place. The ids alone are kept; what was said may have held a key.
 */
export const unanswered = {
  get(threadId: string): Unanswered | undefined {
    return read()[threadId]
  },

  set(threadId: string, message: Unanswered): void {
    write({...read(), [threadId]: message})
  },

  remove(threadId: string): void {
    const {[threadId]: _, ...others} = read()
    write(others)
  },
}

function read(): ByThread {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '{}') as ByThread
  } catch {
    return {}
  }
}

/** A page may have no storage; then nothing is remembered. */
function write(messages: ByThread): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(messages))
  } catch {
    return
  }
}
