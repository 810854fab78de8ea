import {describe, expect, it} from 'vitest'
import {en} from '../language/en.js'
import type {ModelConfig, Provider} from '../protocol.js'
import {Choice, fieldOf} from './choice.js'
import {NOTHING, type Setup} from './setup.js'

const groq: Provider = {
  id: 'groq',
  displayName: 'Groq',
  defaultModelId: 'llama-3',
  projectKey: true,
  keyName: 'Groq',
  keyPrefixHint: 'gsk_',
}
const openai: Provider = {
  id: 'openai',
  displayName: 'OpenAI',
  defaultModelId: 'gpt-5',
  projectKey: false,
  keyName: 'OpenAI',
}
const cloudflare: Provider = {
  id: 'cloudflare',
  displayName: 'Cloudflare',
  defaultModelId: '@cf/llama',
  projectKey: false,
  keyName: 'Cloudflare',
  accountId: {label: 'Account ID', pattern: '^[0-9a-f]{4}$', help: 'In the dashboard.'},
}
const gpt: ModelConfig = {
  provider: 'openai',
  modelId: 'gpt-5-mini',
  displayName: 'OpenAI',
  keySource: 'own',
  keyHint: '1a2b',
}
const stored = (provider: Provider, accountId?: string) => ({
  provider: provider.id,
  displayName: provider.displayName,
  keyHint: '1a2b',
  savedAt: '2026-01-01T00:00:00Z',
  checkedAt: '2026-01-01T00:00:00Z',
  ...(accountId && {accountId}),
})
const onOwnKey: Setup = {...NOTHING, config: gpt, keys: [stored(openai)]}

describe('what is likely', () => {
  it('is the default key where there is one, and the default model', () => {
    expect(Choice.likely(groq, NOTHING).entries).toEqual({source: 'project', accountId: '', key: '', model: 'llama-3'})
  })

  it('is the own key where there is no other', () => {
    expect(Choice.likely(openai, NOTHING).entries.source).toBe('own')
  })

  it('is what is in use with the provider, without its key', () => {
    expect(Choice.likely(openai, onOwnKey).entries).toEqual({
      source: 'own',
      accountId: '',
      key: '',
      model: 'gpt-5-mini',
    })
    expect(Choice.likely(groq, onOwnKey).entries.model).toBe('llama-3')
  })
})

describe('the stored key', () => {
  it('is kept as long as no other is typed', () => {
    const choice = Choice.likely(openai, onOwnKey)
    expect(choice.keepsKey).toBe(true)
    expect(choice.keyPlaceholder(en)).toBe('Stored: ••••1a2b. Leave empty to keep it')
    expect(choice.enter({key: 'sk-new-key'}).keepsKey).toBe(false)
  })

  it('is not that of another provider', () => {
    const choice = Choice.likely(groq, onOwnKey).enter({source: 'own'})
    expect(choice.keepsKey).toBe(false)
    expect(choice.keyPlaceholder(en)).toBe('Begins with gsk_')
    expect(Choice.likely(cloudflare, onOwnKey).keyPlaceholder(en)).toBe('Paste your key')
  })

  it('stays when another provider is in use, and with its account', () => {
    const setup: Setup = {...NOTHING, config: gpt, keys: [stored(openai), stored(groq), stored(cloudflare, '01af')]}
    expect(Choice.likely(groq, setup).entries.source).toBe('own')
    expect(Choice.likely(groq, setup).keepsKey).toBe(true)
    expect(Choice.likely(cloudflare, setup).entries.accountId).toBe('01af')
    expect(Choice.likely(cloudflare, setup).missing).toBeNull()
  })
})

describe('what is missing', () => {
  it.each([
    ['nothing on the default key', Choice.likely(groq, NOTHING), null],
    ['an own key', Choice.likely(openai, NOTHING), 'key'],
    ['an own key of blanks', Choice.likely(openai, NOTHING).enter({key: '  '}), 'key'],
    ['nothing with a key', Choice.likely(openai, NOTHING).enter({key: 'sk-12345678'}), null],
    ['nothing with a stored key', Choice.likely(openai, onOwnKey), null],
    ['an account id', Choice.likely(cloudflare, NOTHING).enter({key: 'k-12345678'}), 'account'],
    ['a right account id', Choice.likely(cloudflare, NOTHING).enter({key: 'k-12345678', accountId: 'xyz'}), 'account'],
    ['nothing with both', Choice.likely(cloudflare, NOTHING).enter({key: 'k-12345678', accountId: '01af'}), null],
    ['a model', Choice.likely(groq, NOTHING).enter({model: ' x '}), 'model'],
  ])('is %s', (_, choice, field) => {
    expect(choice.missing?.field ?? null).toBe(field)
  })
})

describe('the question for the models', () => {
  it('waits for an account id that fits', () => {
    expect(Choice.likely(cloudflare, NOTHING).question).toBeNull()
    expect(Choice.likely(cloudflare, NOTHING).enter({accountId: '01af'}).question).toEqual({
      provider: 'cloudflare',
      accountId: '01af',
    })
  })

  it('carries a key only when enough of it is typed, and none on the default key', () => {
    expect(Choice.likely(openai, NOTHING).enter({key: 'sk-1'}).question).toEqual({provider: 'openai'})
    expect(Choice.likely(openai, NOTHING).enter({key: 'sk-12345678'}).question).toEqual({
      provider: 'openai',
      apiKey: 'sk-12345678',
    })
    expect(Choice.likely(groq, NOTHING).enter({key: 'sk-12345678'}).question).toEqual({provider: 'groq'})
  })
})

describe('the request', () => {
  it('uses the project key without a key beside it', () => {
    expect(Choice.likely(groq, NOTHING).enter({key: 'typed before'}).request).toEqual({
      provider: 'groq',
      modelId: 'llama-3',
      useProjectKey: true,
    })
  })

  it('has the own key and the account id', () => {
    const choice = Choice.likely(cloudflare, NOTHING).enter({key: 'k-12345678', accountId: '01af', model: ' @cf/x '})
    expect(choice.request).toEqual({
      provider: 'cloudflare',
      modelId: '@cf/x',
      apiKey: 'k-12345678',
      accountId: '01af',
    })
  })

  it('has no key where the stored one is kept', () => {
    expect(Choice.likely(openai, onOwnKey).request).toEqual({provider: 'openai', modelId: 'gpt-5-mini'})
  })
})

describe('what was entered', () => {
  it('stays when another config comes into use, unless nothing was entered', () => {
    const typed = Choice.likely(openai, NOTHING).enter({model: 'gpt-x'})
    expect(typed.beside(onOwnKey).entries.model).toBe('gpt-x')
    expect(Choice.likely(openai, NOTHING).beside(onOwnKey).entries.model).toBe('gpt-5-mini')
  })

  it('is not begun any more once it is saved, and the key is gone', () => {
    const typed = Choice.likely(openai, NOTHING).enter({key: 'sk-12345678'})
    expect(typed.begun).toBe(true)
    const saved = typed.saved(gpt)
    expect(saved.begun).toBe(false)
    expect(saved.entries.key).toBe('')
  })

  it('is begun as soon as another provider is chosen', () => {
    expect(Choice.likely(groq, onOwnKey).begun).toBe(true)
    expect(Choice.likely(openai, onOwnKey).begun).toBe(false)
  })
})

it('knows which field a refusal is about', () => {
  expect(fieldOf('invalid_key')).toBe('key')
  expect(fieldOf('invalid_account_id')).toBe('account')
  expect(fieldOf('key_in_model')).toBe('model')
  expect(fieldOf('overloaded')).toBeUndefined()
})
