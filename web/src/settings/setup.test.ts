import {describe, expect, it} from 'vitest'
import type {StoredKey, ThreadModel} from '../protocol.js'
import {afterSaving, NOTHING, sameSetup, usersOf, type Setup} from './setup.js'

const key: StoredKey = {
  provider: 'openai',
  displayName: 'OpenAI',
  keyHint: '1a2b',
  savedAt: '2026-01-01T00:00:00Z',
  checkedAt: '2026-01-01T00:00:00Z',
}
const thread: ThreadModel = {
  threadId: 't',
  title: 'Tea',
  provider: 'openai',
  modelId: 'gpt-5',
  displayName: 'OpenAI',
  keySource: 'own',
  updatedAt: '2026-01-01T00:00:00Z',
}
const config = {provider: 'openai', modelId: 'gpt-5', displayName: 'OpenAI', keySource: 'own'} as const

describe('the users of a key', () => {
  it.each<[string, Setup, boolean, number]>([
    ['nobody', NOTHING, false, 0],
    ['all chats', {...NOTHING, config}, true, 0],
    ['nobody on the default key', {...NOTHING, config: {...config, keySource: 'project'}}, false, 0],
    ['nobody with another provider', {...NOTHING, config: {...config, provider: 'groq'}}, false, 0],
    ['two chats', {...NOTHING, threads: [thread, {...thread, threadId: 'u'}, {...thread, provider: 'groq'}]}, false, 2],
  ])('are %s', (_, setup, byDefault, threads) => {
    expect(usersOf(key, setup)).toEqual({default: byDefault, threads})
  })
})

describe('saving', () => {
  it('adds the key of the choice, or replaces it', () => {
    const saved = afterSaving(NOTHING, {...config, keyHint: '1a2b'})
    expect(saved.keys.map((one) => [one.provider, one.keyHint])).toEqual([['openai', '1a2b']])
    const again = afterSaving({...NOTHING, keys: [key]}, {...config, keyHint: '3c4d', accountId: '01af'})
    expect(again.keys).toEqual([{...key, keyHint: '3c4d', accountId: '01af'}])
  })

  it('keeps the keys on the default key', () => {
    const onDefault = {...config, keySource: 'project'} as const
    expect(afterSaving({...NOTHING, keys: [key]}, onDefault)).toEqual({...NOTHING, keys: [key], config: onDefault})
  })
})

it('notices a change', () => {
  expect(sameSetup(NOTHING, {...NOTHING})).toBe(true)
  expect(sameSetup(NOTHING, {...NOTHING, keys: [key]})).toBe(false)
  expect(sameSetup(NOTHING, undefined)).toBe(false)
})
