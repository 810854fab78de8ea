import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {en} from './en.js'
import {FILES, Languages} from './languages.js'

const german = {...en}

beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue()
})
afterEach(() => vi.restoreAllMocks())

/** Languages with one file, whose loading is scripted. */
function withGerman(load: () => Promise<typeof en>) {
  const file = vi.fn(load)
  const changed = vi.fn()
  return {languages: new Languages(new Map([['de', file]]), changed), file, changed}
}

it('are the twelve of the server', () => {
  expect([...FILES.keys(), 'en'].sort()).toEqual('ar de en es fr hi it ja ko pt ru zh'.split(' '))
})

it.each([...FILES.keys()])('%s is loaded from its file', async (language) => {
  const languages = new Languages(FILES, () => undefined)
  await languages.load(language)
  expect(languages.labels(language)).not.toBe(en)
})

describe('a language', () => {
  it('is English until it is loaded, and tells when it is', async () => {
    const {languages, changed} = withGerman(() => Promise.resolve(german))
    expect(languages.labels('de')).toBe(en)
    expect(languages.has('de')).toBe(false)
    expect(changed).not.toHaveBeenCalled()
    await languages.load('de')
    expect(changed).toHaveBeenCalledOnce()
    expect(languages.has('de')).toBe(true)
    expect(languages.labels('de')).toBe(german)
  })

  it('is loaded once', async () => {
    const {languages, file} = withGerman(() => Promise.resolve(german))
    languages.labels('de')
    languages.labels('de')
    await languages.load('de')
    languages.forgetFailures()
    await languages.load('de')
    expect(file).toHaveBeenCalledOnce()
  })

  it('is not loaded unless it is needed', () => {
    const {languages, file} = withGerman(() => Promise.resolve(german))
    expect(languages.labels('en')).toBe(en)
    expect(languages.find('de-AT')).toBe('de')
    expect(file).not.toHaveBeenCalled()
  })
})

describe('a language that fails to load', () => {
  it('stays English, without an exception', async () => {
    const {languages, changed} = withGerman(() => Promise.reject(new Error('offline')))
    await expect(languages.load('de')).resolves.toBeUndefined()
    expect(languages.labels('de')).toBe(en)
    expect(changed).not.toHaveBeenCalled()
    expect(console.warn).toHaveBeenCalledOnce()
  })

  it('is tried again only after its failure is forgotten', async () => {
    const {languages, file} = withGerman(() => Promise.resolve(german))
    file.mockRejectedValueOnce(new Error('offline'))
    await languages.load('de')
    await languages.load('de')
    expect(file).toHaveBeenCalledTimes(1)
    languages.forgetFailures()
    await languages.load('de')
    expect(file).toHaveBeenCalledTimes(2)
    expect(languages.labels('de')).toBe(german)
  })
})
