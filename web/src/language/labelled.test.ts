import {html} from 'lit'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import type {Chat} from '../chat/chat.js'
import '../index.js'
import {ar} from './ar.js'
import {de} from './de.js'
import {en} from './en.js'
import {directionOf, LabelledElement, labelsOf, languageOf, tagOf} from './labelled.js'
import {Languages} from './languages.js'

class Probe extends LabelledElement {
  updates = 0

  protected override render() {
    this.updates++
    return html`<p></p>`
  }
}
customElements.define('test-probe', Probe)

/** Puts elements into the page; the one with the id `here` is the result. */
function place<Type extends Element>(markup: string): Type {
  document.body.innerHTML = markup
  return document.querySelector<Type>('#here') as Type
}

beforeEach(() => {
  document.documentElement.removeAttribute('lang')
  document.documentElement.removeAttribute('dir')
})
afterEach(() => document.body.replaceChildren())

describe('the language tag of an element', () => {
  it.each([
    ['its own', '<div lang="de"><p lang="fr" id="here"></p></div>', 'fr'],
    ['that of the nearest ancestor', '<div lang="de"><div lang="fr"><p id="here"></p></div></div>', 'fr'],
    ['empty if nothing says it', '<p id="here"></p>', ''],
  ])('is %s', (_, markup, tag) => {
    expect(tagOf(place(markup))).toBe(tag)
  })

  it('is that of the document if no ancestor says it', () => {
    document.documentElement.lang = 'es'
    expect(tagOf(place('<p id="here"></p>'))).toBe('es')
  })

  it('is that of the host of its shadow root', () => {
    const host = place<HTMLElement>('<div lang="de"><div id="here"></div></div>')
    const inner = document.createElement('p')
    host.attachShadow({mode: 'open'}).append(inner)
    expect(tagOf(inner)).toBe('de')
  })
})

describe('the language of the labels', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['pt-BR', 'pt'],
    ['PT-Latn-BR', 'pt'],
    ['zh-TW', 'zh'],
    ['zh-Hant-HK', 'zh'],
    ['en-GB', 'en'],
    ['ptx', 'en'],
    ['tlh', 'en'],
    ['constructor', 'en'],
    ['', 'en'],
  ])('for %j is %s', (tag, language) => {
    expect(languageOf(place(`<p lang="${tag}" id="here"></p>`))).toBe(language)
  })
})

describe('the direction of a component', () => {
  // Its labels are English until they are loaded.
  beforeEach(() => vi.waitFor(() => expect(labelsOf(place('<p id="here" lang="ar"></p>'))).toBe(ar)))

  it.each([
    ['that of its language', '<p lang="ar" id="here"></p>', 'rtl'],
    ['from left to right without a language', '<p id="here"></p>', 'ltr'],
    ['that of its language if a dir is further away', '<div dir="rtl"><p lang="de" id="here"></p></div>', 'ltr'],
    ['inherited if a dir is nearer', '<div lang="ar"><p dir="ltr" id="here"></p></div>', undefined],
    ['inherited if a dir is beside the language', '<div lang="ar" dir="ltr"><p id="here"></p></div>', undefined],
    ['inherited if there is a dir and no language', '<div dir="rtl"><p id="here"></p></div>', undefined],
  ])('is %s', (_, markup, direction) => {
    expect(directionOf(place(markup))).toBe(direction)
  })

  it('is that around the host of its shadow root', () => {
    const host = place<HTMLElement>('<div lang="ar"><div id="here"></div></div>')
    const inner = document.createElement('p')
    host.attachShadow({mode: 'open'}).append(inner)
    expect(directionOf(inner)).toBe('rtl')
  })

  it('is the value of a dir attribute inside it', async () => {
    const chat = place<Chat>('<keyswitch-chat id="here" lang="ar"></keyswitch-chat>')
    const frame = () => chat.shadowRoot?.querySelector('.layout')
    await vi.waitFor(() => expect(frame()?.getAttribute('dir')).toBe('rtl'))
    expect(frame()?.getAttribute('lang')).toBe('ar')
    chat.dir = 'ltr'
    await vi.waitFor(() => expect(frame()?.hasAttribute('dir')).toBe(false))
    chat.removeAttribute('dir')
    chat.lang = 'en'
    await vi.waitFor(() => expect(frame()?.getAttribute('dir')).toBe('ltr'))
  })
})

describe('languages that failed to load are tried again', () => {
  afterEach(() => vi.restoreAllMocks())

  it('when a component is connected, but not for each of its parts', async () => {
    const forget = vi.spyOn(Languages.prototype, 'forgetFailures')
    const chat = place<Chat>('<keyswitch-chat id="here"></keyswitch-chat>')
    await chat.updateComplete
    expect(chat.shadowRoot?.querySelector('keyswitch-composer')).not.toBeNull()
    expect(forget).toHaveBeenCalledOnce()
  })

  it('when a lang attribute changes', async () => {
    const probe = place<Probe>('<div><test-probe id="here"></test-probe></div>')
    const forget = vi.spyOn(Languages.prototype, 'forgetFailures')
    probe.parentElement?.setAttribute('lang', 'de')
    await vi.waitFor(() => expect(forget).toHaveBeenCalledOnce())
  })
})

describe('the first rendering', () => {
  it('waits for the labels of its language', async () => {
    const chat = place<Chat>('<keyswitch-chat id="here" lang="de"></keyswitch-chat>')
    await chat.updateComplete
    expect(chat.shadowRoot?.textContent).toContain(de.chat.note)
  })
})

describe('labels of an app', () => {
  const title = (chat: Chat) =>
    chat.shadowRoot?.querySelector('keyswitch-welcome')?.shadowRoot?.querySelector('h2')?.textContent
  const settled = () => new Promise((resolve) => setTimeout(resolve))

  it('override single ones, also in the parts of a component', async () => {
    const chat = place<Chat>('<keyswitch-chat id="here"></keyswitch-chat>')
    chat.labels = {welcome: {signedOutTitle: 'Who are you?'}}
    await settled()
    expect(title(chat)).toBe('Who are you?')
    expect(labelsOf(chat).welcome.gone).toBe(en.welcome.gone)
    expect(labelsOf(chat)).toBe(labelsOf(chat))
  })

  it('change what is shown when they are replaced', async () => {
    const chat = place<Chat>('<keyswitch-chat id="here"></keyswitch-chat>')
    await settled()
    expect(title(chat)).toBe(en.welcome.signedOutTitle)
    chat.labels = {welcome: {signedOutTitle: 'Who are you?'}}
    await settled()
    expect(title(chat)).toBe('Who are you?')
    chat.labels = {}
    await settled()
    expect(title(chat)).toBe(en.welcome.signedOutTitle)
  })
})

describe('an element updates', () => {
  const updated = async (probe: Probe, change: () => void) => {
    await probe.updateComplete
    const before = probe.updates
    change()
    await new Promise((resolve) => setTimeout(resolve))
    return probe.updates > before
  }

  it('when a lang or dir attribute around it changes', async () => {
    const probe = place<Probe>('<div><test-probe id="here"></test-probe></div>')
    expect(await updated(probe, () => probe.parentElement?.setAttribute('lang', 'de'))).toBe(true)
    expect(await updated(probe, () => document.documentElement.setAttribute('lang', 'de'))).toBe(true)
    expect(await updated(probe, () => document.documentElement.setAttribute('dir', 'ltr'))).toBe(true)
    expect(await updated(probe, () => probe.parentElement?.setAttribute('class', 'x'))).toBe(false)
  })

  it('when it is moved to another place', async () => {
    const probe = place<Probe>('<div><test-probe id="here"></test-probe></div><p lang="de"></p>')
    expect(await updated(probe, () => document.querySelector('p')?.append(probe))).toBe(true)
  })

  it('no more once it has left the page', async () => {
    const probe = place<Probe>('<test-probe id="here"></test-probe>')
    await probe.updateComplete
    probe.remove()
    expect(await updated(probe, () => document.documentElement.setAttribute('lang', 'de'))).toBe(false)
  })
})
