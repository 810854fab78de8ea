import {describe, expect, it} from 'vitest'
import {FILES} from '../language/languages.js'
import {PAGE_LABELS, type PageLabels} from './labels.js'

const english = PAGE_LABELS['en']

/** Languages in which the chat is called by its English name. */
const CHAT_IS_CHAT = ['de', 'es', 'it', 'pt']

it('are in the languages of the components', () => {
  expect(Object.keys(PAGE_LABELS).sort()).toEqual([...FILES.keys(), 'en'].sort())
})

describe.each([...FILES.keys()])('%s', (language) => {
  it('says nothing in English', () => {
    const same = Object.entries(PAGE_LABELS[language]).filter(
      ([name, text]) => text === english[name as keyof PageLabels],
    )
    expect(same.map(([name]) => name)).toEqual(CHAT_IS_CHAT.includes(language) ? ['chat'] : [])
  })
})
