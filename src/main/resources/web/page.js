// The demo's chat: one thread at a time, streamed word by word. What a model writes is only ever text to this page.

const messages = document.getElementById('messages')
const form = document.getElementById('composer')
const text = document.getElementById('text')
const secret = document.getElementById('secret')
const options = document.getElementById('options')
const send = document.getElementById('send')

const page = await (await fetch('page.json')).json()
const user = remembered('keyswitch-user', () => 'demo-' + crypto.randomUUID())
let thread = remembered('keyswitch-thread', newThread)

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
  return fetch('/' + name, {method: 'POST', headers, body: JSON.stringify({data})})
}

async function call(name, data) {
  const answer = await (await request(name, data)).json()
  if (answer.error) throw new Error(answer.error.message)
  return answer.result
}

async function stream(name, data, onDelta) {
  const response = await request(name, data, 'text/event-stream')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const {value, done} = await reader.read()
    if (done) throw new Error('The connection broke. Please send the message again.')
    rest += value
    const lines = rest.split('\n')
    rest = lines.pop()
    for (const line of lines) {
      if (!line.startsWith('data: ')) continue
      const event = JSON.parse(line.slice(6))
      if (event.error) throw new Error(event.error.message)
      if ('result' in event) return event.result
      onDelta(event.message.delta)
    }
  }
}

/** Shows **bold** and `code`; everything else stays text. */
function format(element, content) {
  const pieces = content.split(/(\*\*[^*\n]+\*\*|`[^`\n]+`)/)
  element.replaceChildren(...pieces.map((piece) => {
    if (piece.startsWith('**') && piece.endsWith('**') && piece.length > 4) return tag('strong', piece.slice(2, -2))
    if (piece.startsWith('`') && piece.endsWith('`') && piece.length > 2) return tag('code', piece.slice(1, -1))
    return document.createTextNode(piece)
  }))
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
    fail(sentence) {
      element.classList.add('error')
      format(body, (content ? content + '\n\n' : '') + sentence)
    },
  }
}

function ask(flow) {
  options.replaceChildren(...(flow?.options ?? []).map((option) => {
    const button = tag('button', option.label)
    button.type = 'button'
    button.addEventListener('click', () => say(option.value))
    return button
  }))
  const wantsKey = flow?.secret === true
  text.hidden = wantsKey
  secret.hidden = !wantsKey
  ;(wantsKey ? secret : text).focus()
}

async function say(content) {
  if (!content.trim() || send.disabled) return
  const wasSecret = !secret.hidden
  text.value = ''
  secret.value = ''
  send.disabled = true
  ask(null)
  bubble('user', wasSecret ? '••••••••' : content)
  const answer = bubble('assistant', '')
  try {
    const result = await stream('sendChatMessage', {threadId: thread, message: content, clientMessageId: crypto.randomUUID()},
      (delta) => answer.grow(delta))
    answer.served(result.servedBy)
    ask(result.flow)
    if (result.servedBy.provider === 'keyswitch') await showModel()
  } catch (error) {
    answer.fail(error.message)
  } finally {
    send.disabled = false
  }
}

async function showModel() {
  const config = await call('getUserModelConfig', {})
  document.getElementById('model').textContent = config
    ? `${config.displayName} · ${config.modelId} · ${config.keySource === 'own' ? 'your key ••••' + config.keyHint : 'default key'}`
    : 'default model'
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
  try {
    const stored = await call('getThread', {threadId: thread})
    for (const message of stored.messages) bubble(message.role, message.content).served(message.servedBy)
  } catch {
    // A new thread is not there yet.
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  say(secret.hidden ? text.value : secret.value)
})
text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault()
    form.requestSubmit()
  }
})
document.getElementById('new').addEventListener('click', () => {
  thread = newThread()
  localStorage.setItem('keyswitch-thread', thread)
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
