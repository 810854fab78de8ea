import {expect, it} from 'vitest'
import {looksLikeKey} from './key-shapes.js'

const PREFIXES = ['sk-ant-', 'gsk_']

it.each([
  ['here it is: sk-ant-api03-0123456789', true],
  ['my key is aB3dE6fG9hJ2kL5mN8pQ1rS4tU7vW0xY', true],
  ['token: 0123456789abcdef0123', true],
  ['sk-ant- is how they begin', false],
  ['the key is under the doormat, as it was before', false],
  ['commit aB3dE6fG9hJ2kL5mN8pQ1rS4tU7vW0xY', false],
])('%j looks like a key: %j', (text, expected) => {
  expect(looksLikeKey(text, PREFIXES)).toBe(expected)
})
