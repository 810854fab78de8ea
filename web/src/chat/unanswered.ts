const STORED = 'keyswitch-unanswered'

/**
 * The ids of messages that still wait for their answer, by thread, for as long as the tab is open: with its id a message can be
 * sent again after a reload and is answered in its place. The ids alone are kept; what was said may have held a key.
 */
export const unanswered = {
  get(threadId: string): string | undefined {
    return read()[threadId]
  },

  add(threadId: string, id: string): void {
    write({...read(), [threadId]: id})
  },

  remove(threadId: string): void {
    const {[threadId]: _, ...others} = read()
    write(others)
  },
}

function read(): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '{}') as Record<string, string>
  } catch {
    return {}
  }
}

/** A page may have no storage; then nothing is remembered. */
function write(ids: Record<string, string>): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(ids))
  } catch {
    return
  }
}
