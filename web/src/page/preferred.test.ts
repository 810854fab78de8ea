import {expect, it} from 'vitest'
import {preferredLanguage} from './preferred.js'

it.each([
  ['the first of the browser that has labels', '', ['nl', 'pt-BR', 'de'], 'pt'],
  ['English if none has', '', ['nl', 'tlh'], 'en'],
  ['English if the browser names none', '', [], 'en'],
  ['the one in the address', '?lang=ar', ['de'], 'ar'],
  ['the one of a longer tag in the address', '?x=1&lang=zh-TW', ['de'], 'zh'],
  ["the browser's if the one in the address has no labels", '?lang=tlh', ['fr-CA'], 'fr'],
])('the language of the page is %s', (_, query, browser, language) => {
  expect(preferredLanguage(query, browser)).toBe(language)
})
