import {newId} from '../ids.js'
import {OPEN_SETTINGS, THREAD_CHANGED, type KeyswitchChat, type KeyswitchSettings} from '../index.js'
import {direction} from '../language/tags.js'
import {PAGE_LABELS} from './labels.js'
import {preferredLanguage} from './preferred.js'

/** The page Keyswitch serves: the two components, and a user of the demo who is signed in at once. */

interface Description {
  readonly signIn: 'emulator' | 'none'
  readonly projectId: string
}

/** Set before the components render for the first time. */
const root = document.documentElement
root.lang = preferredLanguage(location.search, navigator.languages)
root.dir = direction(root.lang)

const labels = PAGE_LABELS[root.lang]
const CHAT = '#/chat/'
const SETTINGS = '#/settings'

const chat = element<KeyswitchChat>('keyswitch-chat')
const settings = element<KeyswitchSettings>('keyswitch-settings')
const views = {chat: element('#chat'), settings: element('#settings')}
const links = {
  chat: element<HTMLAnchorElement>('nav a[href="#/chat/"]'),
  settings: element<HTMLAnchorElement>('nav a[href="#/settings"]'),
}

function element<Type extends HTMLElement>(selector: string): Type {
  const found = document.querySelector<Type>(selector)
  if (!found) throw new Error(selector + ' is missing')
  return found
}

/** An unsigned token as Firebase's Auth emulator makes them, which the demo accepts. */
function emulatorToken(projectId: string): () => string {
  const user = localStorage.getItem('keyswitch-user') ?? 'demo-' + newId()
  localStorage.setItem('keyswitch-user', user)
  return () => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: 'https://securetoken.google.com/' + projectId,
      aud: projectId,
      sub: user,
      user_id: user,
      iat: now,
      auth_time: now,
      exp: now + 3600,
      firebase: {identities: {}, sign_in_provider: 'anonymous'},
    }
    return [{alg: 'none', typ: 'JWT'}, claims].map(encoded).join('.') + '.'
  }
}

function encoded(value: object): string {
  return btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The address says what is shown, so that a reload and the browser's buttons work. */
function show(): void {
  const inSettings = location.hash === SETTINGS
  views.chat.hidden = inSettings
  views.settings.hidden = !inSettings
  links.chat.toggleAttribute('aria-current', !inSettings)
  links.settings.toggleAttribute('aria-current', inSettings)
  if (location.hash.startsWith(CHAT)) {
    chat.threadId = decoded(location.hash.slice(CHAT.length))
    // The way back from the settings leads to the same chat.
    links.chat.hash = location.hash
  }
  document.title = inSettings ? labels.settingsTitle : 'Keyswitch'
}

/** An address may have been typed by hand. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Fills in the labels of the document, which has none of its own but the name. */
function label(): void {
  element('nav').setAttribute('aria-label', labels.views)
  links.chat.textContent = labels.chat
  links.settings.textContent = labels.settings
  element('h2').textContent = labels.model
  element('#elsewhere').textContent = labels.elsewhere
}

async function start(): Promise<void> {
  label()
  const page = (await (await fetch('page.json')).json()) as Description
  if (page.signIn !== 'emulator') {
    element('#elsewhere').hidden = false
    return
  }
  // A proxy may serve the page below a path.
  chat.endpoint = settings.endpoint = new URL('.', location.href).href
  element('main').hidden = false
  element('nav').hidden = false
  show()
  const getToken = emulatorToken(page.projectId)
  chat.getToken = getToken
  settings.getToken = getToken
  // A keyboard on the screen would cover what there is to see.
  if (matchMedia('(pointer: fine)').matches && location.hash !== SETTINGS) chat.focus()
}

addEventListener('hashchange', show)
addEventListener(OPEN_SETTINGS, ({detail: {threadId}}) => {
  location.hash = SETTINGS
  show()
  if (threadId !== null) void settings.showThread(threadId)
})
addEventListener(THREAD_CHANGED, ({detail: {threadId}}) => {
  history.pushState(null, '', CHAT + encodeURIComponent(threadId ?? ''))
  show()
})

await start()
