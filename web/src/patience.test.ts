import {afterEach, beforeEach, expect, it, vi} from 'vitest'
import {Unreachable} from './client.js'
import {Patience} from './patience.js'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** Whether a promise has settled by now. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  let done = false
  void promise.then(
    () => (done = true),
    () => (done = true),
  )
  await vi.advanceTimersByTimeAsync(0)
  return done
}

it.each([
  [1, 500],
  [2, 1000],
  [3, 2000],
  [4, 4000],
  [5, 5000],
  [20, 5000],
])('waits longer after each failed attempt: %i', async (attempts, milliseconds) => {
  const wait = new Patience().wait(attempts)
  await vi.advanceTimersByTimeAsync(milliseconds - 1)
  expect(await settled(wait)).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(await settled(wait)).toBe(true)
})

it('waits no longer than until somebody is in a hurry', async () => {
  const patience = new Patience()
  const wait = patience.wait(9)
  patience.hurry()
  expect(await settled(wait)).toBe(true)
})

it('waits no longer than until the network is back', async () => {
  const wait = new Patience().wait(9)
  window.dispatchEvent(new Event('online'))
  expect(await settled(wait)).toBe(true)
})

it('ends a wait that is aborted with its reason', async () => {
  const abort = new AbortController()
  const wait = new Patience().wait(9, abort.signal)
  abort.abort(new Error('stopped'))
  await expect(wait).rejects.toThrow('stopped')
  await expect(new Patience().wait(1, abort.signal)).rejects.toThrow('stopped')
})

it('attempts until Keyswitch is reached, and reports each failure', async () => {
  const failures: unknown[] = []
  let attempts = 0
  const result = new Patience().persist(
    () => (++attempts < 3 ? Promise.reject(new Unreachable()) : Promise.resolve('there')),
    () => true,
    (failure) => failures.push(failure),
  )
  await vi.advanceTimersByTimeAsync(500 + 1000)
  expect(await result).toBe('there')
  expect(failures).toHaveLength(2)
})

it('stops when the result is not wanted any more', async () => {
  let wanted = true
  const result = new Patience().persist(
    () => Promise.reject(new Unreachable()),
    () => wanted,
  )
  await vi.advanceTimersByTimeAsync(10)
  wanted = false
  await vi.advanceTimersByTimeAsync(500)
  expect(await result).toBeUndefined()
})

it('throws what is not about reaching Keyswitch, at once', async () => {
  const result = new Patience().persist(
    () => Promise.reject(new Error('refused')),
    () => true,
  )
  await expect(result).rejects.toThrow('refused')
})
