import {afterEach, describe, expect, it, vi} from 'vitest'
import {CallError, Client, Failure, sentence, Unreachable} from './client.js'
import {en} from './language/en.js'

const labels = {...en, connection: {...en.connection, timeout: 'Zu spät.', signInRefused: 'Bitte anmelden.'}}

it.each([
  ['the label of a failed connection', new Unreachable('timeout'), 'Zu spät.'],
  ['that Keyswitch cannot be reached', new Unreachable(), en.connection.unreachable],
  ['the label of any other failure', new Failure('signedOut'), en.connection.signedOut],
  ['the message of a refused call', new CallError('Too long.', 'INVALID_ARGUMENT', '', false), 'Too long.'],
  ['to sign in again', new CallError('Bad token.', 'UNAUTHENTICATED', '', false), 'Bitte anmelden.'],
  ['that something went wrong in the server', new CallError('INTERNAL', 'INTERNAL', '', false), en.connection.unknown],
  ['the message of an error', new Error('Quota exceeded'), 'Quota exceeded'],
  ['that something went wrong', 'a string', en.connection.unknown],
])('a failure tells %s', (_, failure, expected) => {
  expect(sentence(failure)(labels)).toBe(expected)
})

it('an error has the English sentence as its message', () => {
  expect(new Unreachable('broken').message).toBe(en.connection.broken)
})

describe('a call', () => {
  afterEach(() => vi.unstubAllGlobals())

  async function headersOf(language?: () => string): Promise<Record<string, string>> {
    const fetched = vi.fn(() => Promise.resolve(new Response('{"result":1}')))
    vi.stubGlobal('fetch', fetched)
    await new Client('https://keyswitch.example', () => Promise.resolve('token'), language).call('listThreads')
    const [[, init]] = fetched.mock.calls as unknown as [[string, {headers: Record<string, string>}]]
    return init.headers
  }

  it('asks for errors in the language of the component at that time', async () => {
    let language = 'de'
    const now = () => language
    expect(await headersOf(now)).toMatchObject({'Accept-Language': 'de'})
    language = 'zh'
    expect(await headersOf(now)).toMatchObject({'Accept-Language': 'zh'})
  })

  it("leaves it to the browser's languages without one", async () => {
    expect(await headersOf()).not.toHaveProperty('Accept-Language')
  })
})
