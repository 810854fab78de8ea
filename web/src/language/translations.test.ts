import {describe, expect, it} from 'vitest'
import {en} from './en.js'
import type {Labels} from './labels.js'
import {FILES} from './languages.js'

/** Labels that say the same as in English, by language; `all` are names. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  all: ['message.keyswitch', 'keys.named'],
  de: ['chat.region'],
  es: ['chat.region'],
  fr: ['composer.message', 'log.conversation', 'composer.suggestions', 'modelField.suggestions'],
  hi: ['composer.key'],
  it: ['chat.region', 'settings.provider'],
  pt: ['chat.region'],
}

const VERDICTS =
  'invalid unknown_account no_credit unreachable key_leaked key_expired account_suspended key_restricted api_disabled region'

const created = new Date(2026, 2, 5, 14, 30)

/** Arguments that between them lead to everything a label can say. */
const ARGUMENTS: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'modelField.listed': ['given', 'stored', 'project'].flatMap((key) =>
    [0, 1, 2, 3, 5, 11, 21, 100].map((n) => [n, key]),
  ),
  'modelField.contextWindow': [[128_000]],
  'keys.usedBy': [true, false].flatMap((byDefault) => [0, 1, 2, 3, 5, 11, 21, 100].map((n) => [byDefault, n])),
  'keys.saved': [[created]],
  'keys.verdict': VERDICTS.split(' ').map((word) => [word]),
  'tokens.made': [[created]],
}

/** Everything a language says, by `group.label` and its number. */
function texts(labels: Labels): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [group, entries] of Object.entries(labels)) {
    for (const [label, value] of Object.entries(entries as Record<string, unknown>)) {
      const name = `${group}.${label}`
      for (const [index, text] of variants(name, value).entries()) found.set(`${name} ${index}`, text)
    }
  }
  return found
}

function variants(name: string, value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value as string[]
  const say = value as (...given: readonly unknown[]) => string
  const calls = ARGUMENTS[name] ?? [Array.from({length: say.length}, (_, index) => `Arg${index}`)]
  return calls.map((given) => say(...given))
}

const english = texts(en)

describe.each([...FILES])('%s', (language, load) => {
  it('says everything', async () => {
    const said = texts(await load())
    expect([...said.keys()]).toEqual([...english.keys()])
    expect([...said].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('says nothing in English', async () => {
    const same = [...texts(await load())].filter(([name, text]) => text === english.get(name))
    const names = new Set(same.map(([name]) => name.split(' ')[0]))
    expect([...names].sort()).toEqual([...(SAME['all'] ?? []), ...(SAME[language] ?? [])].sort())
  })

  it('says all that it is given', async () => {
    const said = texts(await load())
    const given = (text = '') => [...new Set(text.match(/Arg\d/g) ?? [])].sort()
    for (const [name, text] of english) expect(given(said.get(name)), name).toEqual(given(text))
  })

  it('has no verdict on a valid key', async () => {
    const {keys} = await load()
    expect(keys.verdict('valid')).toBe('')
  })
})

/** Without marks of direction, and with plain digits and spaces. */
const plain = (text: string) =>
  text
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/\s/g, ' ')

async function labelsIn(language: string): Promise<Labels> {
  const labels = await FILES.get(language)?.()
  if (!labels) throw new Error('no labels for ' + language)
  return labels
}

describe('plurals', () => {
  it.each([
    ['ru', 1, '1 модель для'],
    ['ru', 2, '2 модели для'],
    ['ru', 4, '4 модели для'],
    ['ru', 5, '5 моделей для'],
    ['ru', 11, '11 моделей для'],
    ['ru', 21, '21 модель для'],
    ['ru', 22, '22 модели для'],
    ['ru', 112, '112 моделей для'],
    ['ar', 1, 'نموذج واحد متاح'],
    ['ar', 2, 'نموذجان متاحان'],
    ['ar', 3, '3 نماذج متاحة'],
    ['ar', 10, '10 نماذج متاحة'],
    ['ar', 11, '11 نموذجًا متاحًا'],
    ['ar', 99, '99 نموذجًا متاحًا'],
    ['ar', 100, '100 نموذج متاح'],
    ['ar', 103, '103 نماذج متاحة'],
    ['de', 1, '1 Modell für'],
    ['de', 2, '2 Modelle für'],
    ['fr', 1, '1 modèle pour'],
    ['es', 1, '1 modelo para'],
    ['it', 2, '2 modelli per'],
    ['pt', 2, '2 modelos com'],
    ['ja', 1, 'モデルが1個'],
  ])('%s of %d models', async (language, count, expected) => {
    const {modelField} = await labelsIn(language)
    expect(plain(modelField.listed(count, 'project'))).toContain(expected)
  })

  it.each([
    ['ru', 1, 'в 1 чате со'],
    ['ru', 2, 'в 2 чатах со'],
    ['ru', 21, 'в 21 чате со'],
    ['ar', 1, 'في محادثة واحدة'],
    ['ar', 2, 'في محادثتين'],
    ['ar', 3, 'في 3 محادثات'],
    ['ar', 11, 'في 11 محادثة'],
  ])('%s of %d chats', async (language, count, expected) => {
    const {keys} = await labelsIn(language)
    expect(plain(keys.usedBy(false, count))).toContain(expected)
  })
})

it('Arabic isolates what it is given, so that the text around does not reorder it', async () => {
  const said = texts(await labelsIn('ar'))
  const whole = new Set([
    // Alone in its place.
    'keys.named',
    // Given sentences.
    'common.tryingAgain',
    'threads.notDeleted',
    'choice.saved',
    'choice.answersNow',
    'choice.stillHere',
  ])
  for (const [name, text] of said) {
    const outside = text.replace(/[\u2066\u2068][^\u2069]*\u2069/g, '')
    if (!whole.has(name.split(' ')[0] ?? '')) expect(outside, name).not.toMatch(/Arg\d|•/)
  }
})

it('Arabic begins every sentence with an Arabic word, by which browsers find its direction', async () => {
  const NAMES = ['message.keyswitch', 'keys.named']
  for (const [name, text] of texts(await labelsIn('ar'))) {
    const first = text.replace(/[\u2066\u2068][^\u2069]*\u2069/g, '').match(/\p{L}/u)?.[0] ?? ''
    if (!NAMES.includes(name.split(' ')[0] ?? '') && !text.startsWith('Arg'))
      expect(first, name).toMatch(/\p{Script=Arabic}/u)
  }
})
