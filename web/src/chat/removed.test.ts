import {expect, it} from 'vitest'
import {de} from '../language/de.js'
import {withoutKeys} from './removed.js'

it.each([
  ['[message not stored: it may have held an API key]', '[Nicht gespeichert: enthielt vielleicht einen API-Schlüssel]'],
  ['use [API key ending 1a2b], please', 'use [API-Schlüssel mit der Endung 1a2b], please'],
  [
    '[API key ending 1a2b] [API key ending $&$1]',
    '[API-Schlüssel mit der Endung 1a2b] [API-Schlüssel mit der Endung $&$1]',
  ],
  ['What does [API key ending] mean?', 'What does [API key ending] mean?'],
])('shows %s as %s', (stored, shown) => {
  expect(withoutKeys(stored, de.message)).toBe(shown)
})
