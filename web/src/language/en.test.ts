import {afterEach, expect, it, vi} from 'vitest'
import {en} from './en.js'
import {Formats} from './formats.js'

const afternoon = new Date(2026, 2, 5, 14, 30)

function inBrowserWith(...languages: string[]): void {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages)
}

/** Intl uses various spaces. */
const plain = (text: string) => text.replace(/\s/g, ' ')

afterEach(() => vi.restoreAllMocks())

it('counts models in singular and plural', () => {
  expect(en.modelField.listed(1, 'given')).toBe('1 model for your key. You can also type any other ID.')
  expect(en.modelField.listed(1234, 'project')).toBe(
    '1,234 models for the default key. You can also type any other ID.',
  )
})

it('says when a token was created and last used', () => {
  expect(plain(en.tokens.made(afternoon))).toBe('Created Mar 5, 2026, 2:30 PM')
})

it('writes dates as in the variant of the language that the browser prefers', () => {
  inBrowserWith('de-DE', 'en-GB', 'en-US')
  expect(plain(new Formats('en').moment(afternoon))).toBe('5 Mar 2026, 14:30')
})

it('writes dates in the language itself if the browser prefers others', () => {
  inBrowserWith('en-GB')
  expect(plain(new Formats('de').moment(afternoon))).toBe('05.03.2026, 14:30')
})

it('shortens large numbers', () => {
  expect(new Formats('en').compact(128_000)).toBe('128K')
  expect(new Formats('en').compact(1_048_576)).toBe('1.05M')
  expect(new Formats('ja').compact(128_000)).toBe('12.8万')
})
