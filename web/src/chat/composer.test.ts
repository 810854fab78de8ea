import {afterEach, describe, expect, it} from 'vitest'
import type {Flow} from '../protocol.js'
import {Composer, type SayEvent} from './composer.js'

const QUESTION: Flow = {
  step: 'key_source',
  secret: false,
  options: [{value: 'own', label: 'My own API key'}],
}

async function shown(lang: string, flow: Flow): Promise<{composer: Composer; said: string[]}> {
  const composer = Object.assign(new Composer(), {flow, lang, labels: {composer: {cancel: 'Never mind'}}})
  const said: string[] = []
  composer.addEventListener('say', (event) => said.push((event as SayEvent).words.text))
  document.body.append(composer)
  await composer.updateComplete
  return {composer, said}
}

function press(composer: Composer, label: string): void {
  const buttons = [...(composer.shadowRoot?.querySelectorAll('button') ?? [])]
  buttons.find((button) => button.textContent.trim() === label)?.click()
}

describe('the buttons of a question', () => {
  afterEach(() => {
    document.body.replaceChildren()
  })

  it('send the value of their option', async () => {
    const {composer, said} = await shown('en', QUESTION)
    press(composer, 'My own API key')
    expect(said).toEqual(['own'])
  })

  it('leave in words that the server understands, whatever they show', async () => {
    const {composer, said} = await shown('en', QUESTION)
    press(composer, 'Never mind')
    press(composer, 'Back')
    expect(said).toEqual(['Cancel', 'Back'])
  })
})
