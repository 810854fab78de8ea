// Drives the unmodified Firebase SDK for the Java tests: one JSON command a line in, one JSON outcome a line out.
import {deleteApp, initializeApp, _addComponent} from '@firebase/app'
import {Component} from '@firebase/component'
import {connectFunctionsEmulator, getFunctions, httpsCallable} from '@firebase/functions'
import {createInterface} from 'node:readline'

let count = 0

/** Functions of a fresh app whose user, if any, has the given ID token. */
function functionsOf({url, emulator, token}) {
  const app = initializeApp({projectId: 'demo-keyswitch', apiKey: 'x', appId: 'x'}, `app-${count++}`)
  if (token) {
    _addComponent(app, new Component('auth-internal', () => ({getToken: async () => ({accessToken: token})}), 'PRIVATE'))
  }
  const functions = emulator ? getFunctions(app) : getFunctions(app, url)
  if (emulator) connectFunctionsEmulator(functions, emulator.host, emulator.port)
  return {app, functions}
}

async function run(command) {
  const {app, functions} = functionsOf(command)
  const chunks = []
  const abort = new AbortController()
  try {
    const callable = httpsCallable(functions, command.name)
    // An argument that holds a date or an undefined value cannot come as JSON; the command names it.
    const data = command.special === 'date' ? {message: 'x', at: new Date(0), none: undefined} : command.data
    if (!command.stream) return {data: (await callable(data)).data}
    const {stream, data: result} = await callable.stream(data, {signal: abort.signal})
    result.catch(() => {})
    for await (const chunk of stream) {
      chunks.push(chunk)
      if (chunks.length === command.abortAfter) abort.abort()
    }
    return abort.signal.aborted ? {chunks, aborted: true} : {data: await result, chunks}
  } catch (error) {
    if (abort.signal.aborted) return {chunks, aborted: true}
    return {error: {code: error.code, message: error.message, details: error.details ?? null}, chunks}
  } finally {
    await deleteApp(app)
  }
}

for await (const line of createInterface({input: process.stdin})) {
  const command = JSON.parse(line)
  process.stdout.write(JSON.stringify(await run(command)) + '\n')
}
