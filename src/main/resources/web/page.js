// The demo's chat: one thread at a time, streamed word by word. What a model writes is only ever text to this page.

const messages = document.getElementById('messages')
const form = document.getElementById('composer')
const text = document.getElementById('text')
const secret = document.getElementById('secret')
const options = document.getElementById('options')
const send = document.getElementById('send')

const page = await (await fetch('page.json')).json()
const user = remembered('keyswitch-user', () => 'demo-' + crypto.randomUUID())
let thread = localStorage.getItem('keyswitch-thread') ?? newThread()

function remembered(name, make) {
  const known = localStorage.getItem(name) ?? make()
  localStorage.setItem(name, known)
  return known
}

function newThread() {
  return 'chat-' + crypto.randomUUID()
}

/** An unsigned token as Firebase's Auth emulator makes them. */
function token() {
  const now = Math.floor(Date.now() / 1000)
  const part = (value) => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  return part({alg: 'none', typ: 'JWT'}) + '.' + part({
    iss: 'https://securetoken.google.com/' + page.projectId, aud: page.projectId, sub: user, user_id: user,
    iat: now, auth_time: now, exp: now + 3600, firebase: {identities: {}, sign_in_provider: 'anonymous'},
  }) + '.'
}

async function request(name, data, accept) {
  const headers = {'Content-Type': 'application/json', Authorization: 'Bearer ' + token()}
  if (accept) headers.Accept = accept
  try {
    return await fetch('/' + name, {method: 'POST', headers, body: JSON.stringify({data})})
  } catch {
    throw new Unreachable('Keyswitch cannot be reached. Is it still running?')
  }
}

/** The message did not arrive, or nobody knows whether it did. */
class Unreachable extends Error {}

async function call(name, data) {
  const answer = await (await request(name, data)).json()
  if (answer.error) throw failure(answer.error)
  return answer.result
}

/** The callable error, which says whether the same message may succeed later. */
function failure(error) {
  return Object.assign(new Error(error.message), {retryable: error.details?.retryable === true})
}

async function stream(name, data, onDelta) {
  const response = await request(name, data, 'text/event-stream')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const {value, done} = await reader.read().catch(() => ({done: true}))
    if (done) throw new Unreachable('The connection broke.')
    rest += value
    const lines = rest.split('\n')
    rest = lines.pop()
    for (const line of lines) {
      if (!line.startsWith('data: ')) continue
      const event = JSON.parse(line.slice(6))
      if (event.error) throw failure(event.error)
      if ('result' in event) return event.result
      onDelta(event.message.delta)
    }
  }
}

/** Shows **bold**, *italics*, `code`, list points and https links; everything else stays text. */
function format(element, content) {
  const pieces = content.replace(/^[-*] /gm, '• ')
    .split(/(\*\*[^*\n]+\*\*|`[^`\n]+`|\*[^*\s][^*\n]*\*|https:\/\/[^\s<>"'`*)]+[^\s<>"'`*).,;:!?])/)
  element.replaceChildren(...pieces.map((piece, index) => {
    if (index % 2 === 0) return document.createTextNode(piece)
    if (piece.startsWith('**')) return tag('strong', piece.slice(2, -2))
    if (piece.startsWith('*')) return tag('em', piece.slice(1, -1))
    if (piece.startsWith('`')) return tag('code', piece.slice(1, -1))
    return link(piece)
  }))
}

function link(address) {
  const element = tag('a', address)
  element.href = address
  element.target = '_blank'
  element.rel = 'noopener noreferrer'
  return element
}

function tag(name, content) {
  const element = document.createElement(name)
  element.textContent = content
  return element
}

function bubble(role, content) {
  messages.querySelector('.empty')?.remove()
  const element = document.createElement('div')
  element.className = 'message ' + role
  const body = document.createElement('div')
  format(body, content)
  element.append(body)
  messages.append(element)
  messages.scrollTop = messages.scrollHeight
  return {
    text(all) {
      content = all
      format(body, content)
    },
    grow(more) {
      content += more
      format(body, content)
      messages.scrollTop = messages.scrollHeight
    },
    served(by) {
      if (by && by.provider !== 'keyswitch') {
        const whose = by.keySource === 'own' ? 'your own key' : 'the default key'
        const line = tag('span', `${by.provider} · ${by.modelId} · ${whose}`)
        line.className = 'served'
        element.append(line)
      }
    },
    note(sentence, again) {
      const line = tag('span', sentence)
      line.className = 'note'
      element.append(line)
      if (again) {
        const button = tag('button', 'Try again')
        button.type = 'button'
        button.addEventListener('click', again)
        line.append(' ', button)
      }
      messages.scrollTop = messages.scrollHeight
    },
    waiting(yes) {
      element.classList.toggle('waiting', yes)
    },
    failed() {
      element.classList.add('error')
    },
    remove() {
      element.remove()
    },
  }
}

function ask(flow) {
  options.replaceChildren(...(flow?.options ?? []).map((option) => {
    const button = tag('button', option.label)
    button.type = 'button'
    button.addEventListener('click', () => say({content: option.value}))
    return button
  }))
  const wantsKey = flow?.secret === true
  text.hidden = wantsKey
  secret.hidden = !wantsKey
  ;(wantsKey ? secret : text).focus()
  messages.scrollTop = messages.scrollHeight
}

/** Sends a message; the same id makes sending it again harmless. */
async function say({content, isSecret = false, id = crypto.randomUUID()}) {
  if (!content.trim() || send.disabled) return
  text.value = ''
  secret.value = ''
  send.disabled = true
  ask(null)
  localStorage.setItem('keyswitch-thread', thread)
  const question = bubble('user', isSecret ? '••••••••' : content)
  const answer = bubble('assistant', '')
  answer.waiting(true)
  try {
    const message = {threadId: thread, message: content, clientMessageId: id, secret: isSecret}
    const result = await stream('sendChatMessage', message, (delta) => answer.grow(delta))
    if (result.storedAs) question.text(result.storedAs)
    answer.text(result.message.content)
    answer.served(result.servedBy)
    ask(result.flow)
    if (result.servedBy.provider === 'keyswitch') await showModel()
  } catch (error) {
    const again = () => {
      question.remove()
      answer.remove()
      say({content, isSecret, id})
    }
    answer.failed()
    answer.note(error.message, error instanceof Unreachable || error.retryable ? again : null)
    if (isSecret) await restoreQuestion()
  } finally {
    answer.waiting(false)
    send.disabled = false
  }
}

async function restoreQuestion() {
  const stored = await call('getThread', {threadId: thread, newest: true}).catch(() => null)
  ask(stored?.flow)
}

async function showModel() {
  const config = await call('getUserModelConfig', {})
  document.getElementById('model').textContent = config
    ? `${config.displayName} · ${config.modelId} · ${config.keySource === 'own' ? 'your key ••••' + config.keyHint : 'default key'}`
    : page.defaultModel ? `${page.defaultModel} · default key` : 'no model chosen yet'
}

function empty() {
  messages.replaceChildren()
  const hint = document.createElement('p')
  hint.className = 'empty'
  format(hint, 'Say hello, or say **change my model** to choose who answers you.')
  messages.append(hint)
}

async function load() {
  empty()
  if (!localStorage.getItem('keyswitch-thread')) return
  const stored = await call('getThread', {threadId: thread, newest: true}).catch(() => null)
  if (!stored) return
  messages.replaceChildren()
  for (const message of stored.messages) show(message)
  offerEarlier(stored.nextPageToken)
  ask(stored.flow)
}

function show(message) {
  const shown = bubble(message.role, message.content)
  shown.served(message.servedBy)
  if (message.role === 'assistant' && message.status === 'incomplete') shown.note('This answer is incomplete.')
  return shown
}

/** Older messages come in front, and the reader stays where they were. */
function offerEarlier(token) {
  if (!token) return
  const button = tag('button', 'Earlier messages')
  button.type = 'button'
  button.className = 'earlier'
  button.addEventListener('click', async () => {
    button.disabled = true
    const older = await call('getThread', {threadId: thread, newest: true, pageToken: token})
    const newer = [...messages.children].filter((one) => one !== button)
    const fromEnd = messages.scrollHeight - messages.scrollTop
    messages.replaceChildren()
    for (const message of older.messages) show(message)
    messages.append(...newer)
    offerEarlier(older.nextPageToken)
    messages.scrollTop = messages.scrollHeight - fromEnd
  })
  messages.prepend(button)
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  say(secret.hidden ? {content: text.value} : {content: secret.value, isSecret: true})
})
text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault()
    form.requestSubmit()
  }
})
document.getElementById('new').addEventListener('click', () => {
  thread = newThread()
  localStorage.removeItem('keyswitch-thread')
  empty()
  ask(null)
})

if (page.signIn === 'emulator') {
  await load()
  await showModel()
} else {
  empty()
  form.hidden = true
  messages.querySelector('.empty').textContent =
    'Keyswitch is running. This page talks only in the demo; your app calls the functions with its own sign-in.'
}
