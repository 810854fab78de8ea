import {beforeEach, describe, expect, it, vi} from 'vitest'
import {Kept} from './kept.js'

const NAME = 'kept-test'

/** What a page that was just loaded knows. */
function loaded(user: string | null = 'issuer me'): Kept<string> {
  const kept = new Kept<string>(NAME)
  kept.belongTo(user)
  return kept
}

beforeEach(() => {
  vi.unstubAllGlobals()
  sessionStorage.clear()
})

describe('a value', () => {
  it('survives a reload, thread by thread', () => {
    const before = loaded()
    before.set('a', 'one')
    before.set('b', 'two')
    before.remove('a')
    const after = loaded()
    expect(after.get('a')).toBeUndefined()
    expect(after.get('b')).toBe('two')
  })

  it('is not given before it is known who is signed in', () => {
    loaded().set('a', 'one')
    expect(new Kept<string>(NAME).get('a')).toBeUndefined()
  })

  it.each([['issuer somebody-else'], [null]])('is erased when the user is %s', (user) => {
    loaded().set('a', 'one')
    expect(loaded(user).get('a')).toBeUndefined()
    expect(sessionStorage.getItem(NAME)).not.toContain('one')
    expect(loaded().get('a')).toBeUndefined()
  })

  it('is kept until the page is left where there is no storage', () => {
    vi.stubGlobal('sessionStorage', null)
    const kept = loaded()
    kept.set('a', 'one')
    expect(kept.get('a')).toBe('one')
    expect(loaded().get('a')).toBeUndefined()
  })
})

it('names no user in the storage', () => {
  loaded('a-token').set('a', 'one')
  expect(sessionStorage.getItem(NAME)).not.toContain('a-token')
})
