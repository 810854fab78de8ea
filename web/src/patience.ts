import {Unreachable} from './client.js'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5_000

/** Waits between attempts to reach Keyswitch, longer each time, but no longer than until somebody wants to try at once. */
export class Patience {
  private readonly hurried = new EventTarget()

  /** Ends every wait in progress. */
  hurry(): void {
    this.hurried.dispatchEvent(new Event('hurry'))
  }

  /**
   * Attempts something again and again while Keyswitch cannot be reached.
   *
   * @param isWanted whether the result is still asked for
   * @param onFailure hears of every attempt that did not reach Keyswitch
   * @returns undefined if it is not wanted any more
   * @throws what an attempt throws otherwise
   */
  async persist<Result>(
    attempt: () => Promise<Result>,
    isWanted: () => boolean,
    onFailure?: (failure: Unreachable) => void,
  ): Promise<Result | undefined> {
    for (let attempts = 1; isWanted(); attempts++) {
      try {
        const result = await attempt()
        return isWanted() ? result : undefined
      } catch (failure) {
        if (!isWanted()) return undefined
        if (!(failure instanceof Unreachable)) throw failure
        onFailure?.(failure)
        await this.wait(attempts)
      }
    }
    return undefined
  }

  /**
   * Waits after a failed attempt. The browser's word that the network is back ends it, too.
   *
   * @param attempts how many have failed
   * @throws what the signal was aborted with, at once
   */
  async wait(attempts: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const ended = new AbortController()
    try {
      await new Promise<void>((resolve, reject) => {
        const once = {signal: ended.signal}
        const timer = setTimeout(resolve, Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS))
        ended.signal.addEventListener('abort', () => clearTimeout(timer))
        this.hurried.addEventListener('hurry', () => resolve(), once)
        window.addEventListener('online', () => resolve(), once)
        signal?.addEventListener('abort', () => reject(signal.reason as Error), once)
      })
    } finally {
      ended.abort()
    }
  }
}
