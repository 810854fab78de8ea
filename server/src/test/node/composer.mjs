// What a person runs into where messages are written: node composer.mjs URL CHROMIUM
// The provider behind it does what the message says; see ChatPageTest.
import assert from 'node:assert/strict'
import {launch, Person, watch} from './browser.mjs'

const [url, executablePath] = process.argv.slice(2)
const browser = await launch(executablePath)

try {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, reducedMotion: 'reduce'})
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  const problems = await watch(page, [url])
  const person = new Person(page)
  const composer = page.locator('keyswitch-composer')
  const message = composer.getByRole('textbox', {name: 'Message'})
  const content = page.locator('keyswitch-message .content')
  const threads = page.locator('keyswitch-threads')
  const stored = () => page.evaluate(() => JSON.stringify({...sessionStorage, ...localStorage}))
  const focused = (field) => field.evaluate((one) => one.matches(':focus'))

  await page.goto(url)

  // The Enter that ends a composition, as Safari sends it, sends nothing: no message, and no form of the settings.
  const keyboard = await context.newCDPSession(page)
  const compose = async (text) => {
    await keyboard.send('Input.imeSetComposition', {text, selectionStart: text.length, selectionEnd: text.length})
    await keyboard.send('Input.insertText', {text})
    const enter = {key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229}
    await keyboard.send('Input.dispatchKeyEvent', {...enter, type: 'keyDown', text: '\r'})
    await keyboard.send('Input.dispatchKeyEvent', {...enter, type: 'keyUp'})
  }
  await message.focus()
  await compose('に')
  await compose('ほん')
  assert.equal(await message.inputValue(), 'にほん')
  await page.keyboard.press('Enter')
  await content.getByText('heard: にほん').waitFor()
  await page.goto(url + '#/settings')
  const settings = page.locator('keyswitch-settings')
  const sent = []
  page.on('request', (request) => /createPersonalToken|updateUserModelConfig/.test(request.url()) && sent.push(request.url()))
  await settings.getByRole('radio', {name: /^Cloudflare/}).check()
  for (const field of [
    settings.getByLabel('Cloudflare Workers AI account ID').or(settings.getByLabel(/Account ID/i)).first(),
    settings.getByLabel(/API key$/),
    settings.getByRole('combobox', {name: 'Model'}),
    settings.getByLabel('Name of the token'),
  ]) {
    await field.focus()
    await compose('日本')
    assert.equal(await settings.locator('.mistake:not(:empty), .verdict').count(), 0)
  }
  await page.keyboard.press('Enter')
  await settings.getByText('it is not shown again').waitFor()
  assert.deepEqual(sent.map((one) => one.slice(url.length)), ['createPersonalToken'])

  // On a phone Enter begins a new line, and the button sends; a key, which has one line, is sent by both.
  const phone = await (await browser.newContext({viewport: {width: 360, height: 640}, isMobile: true, hasTouch: true})).newPage()
  await phone.goto(url)
  const mobile = new Person(phone)
  await mobile.field.fill('one')
  assert.equal(await mobile.field.getAttribute('enterkeyhint'), 'enter')
  await mobile.field.press('Enter')
  await mobile.field.pressSequentially('two')
  assert.equal(await mobile.field.inputValue(), 'one\ntwo')
  await phone.getByRole('button', {name: 'Send'}).tap()
  await phone.locator('keyswitch-message .content').getByText('heard: one').waitFor()
  await mobile.field.fill('with a keyboard')
  await mobile.field.press('Control+Enter')
  await phone.locator('keyswitch-message .content').getByText('heard: with a keyboard').waitFor()
  await mobile.field.fill('switch to claude, claude-sonnet-5-5')
  await phone.getByRole('button', {name: 'Send'}).tap()
  await mobile.secret.fill('no-key')
  await mobile.secret.press('Enter')
  // Once answered it is shown as it was typed, for it was no key.
  await phone.locator('keyswitch-message .user').nth(3).waitFor()
  await phone.context().close()

  // A failed message can be sent again when its cause is mended: after later messages, and after a reload.
  await page.goto(url + '#/chat/')
  const failure = page.locator('keyswitch-message .problem')
  const again = page.getByRole('button', {name: 'Try again'})
  await person.say('refuse once')
  await failure.waitFor()
  await person.say('and then')
  await again.click()
  await content.getByText('better now').waitFor()
  assert.deepEqual((await content.allInnerTexts()).map((text) => text.replace(/^You:\s*/, '')), ['refuse once', 'better now', 'and then', 'heard: and then'])
  await person.say('refuse once more')
  await person.say('and after that')
  await page.reload()
  await page.getByText('This message was not answered.').waitFor()
  await again.click()
  await content.getByText('better after a reload').waitFor()
  assert.equal(await again.count(), 0)
  assert.match((await content.allInnerTexts()).at(-1), /and after that/)
  // … and if it never reached Keyswitch.
  await page.route('**/sendChatMessage', (route) => route.fulfill({
    status: 429,
    json: {error: {status: 'RESOURCE_EXHAUSTED', message: 'Too fast.', details: {reason: 'requests_per_minute'}}},
  }))
  await person.say('too early')
  await page.getByText('Too fast.').waitFor()
  await page.unroute('**/sendChatMessage')
  await page.reload()
  await page.getByText('This message was not answered.').waitFor()
  await again.click()
  await content.getByText('heard: too early').waitFor()

  // One's own words can be copied.
  await page.getByRole('button', {name: 'Copy your message'}).last().click()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'too early')

  // A draft survives a reload: in each chat, and in one that is yet to begin.
  await message.fill('Dear diary')
  await threads.getByRole('button', {name: 'New chat'}).click()
  await message.fill('Another thought')
  await page.reload()
  assert.equal(await message.inputValue(), 'Another thought')
  await threads.getByRole('button', {name: 'refuse once', exact: true}).click()
  await content.getByText('heard: too early').waitFor()
  assert.equal(await message.inputValue(), 'Dear diary')
  // … but nothing that was sent, and no key, asked for or not.
  await message.fill('here it is: sk-ant-api03-pasted-too-early-1234')
  await page.getByText('This looks like an API key').waitFor()
  assert.equal((await stored()).includes('pasted-too-early'), false)
  await person.field.fill('switch to claude, claude-sonnet-5-5')
  await message.press('Enter')
  await person.secret.fill('half-a-key-without-a-prefix')
  assert.equal((await stored()).includes('half-a-key'), false)
  await page.reload()
  await person.secret.waitFor()
  assert.equal(await person.secret.inputValue(), '')

  // What is typed before it is known that a key is asked for may be the key: it is hidden then, and not stored.
  let arrive
  const known = new Promise((resolve) => (arrive = resolve))
  await page.route('**/getThread', async (route) => {
    await known
    await route.continue()
  })
  await page.reload()
  await page.getByRole('status', {name: 'Loading the conversation'}).waitFor()
  await message.fill('half-a-key-before-the-question')
  arrive()
  await person.secret.waitFor()
  assert.equal(await person.secret.inputValue(), 'half-a-key-before-the-question')
  assert.equal((await stored()).includes('half-a-key'), false)
  await page.unroute('**/getThread')
  await page.reload()
  await person.secret.waitFor()

  // The focus is in the field for the key however it appears: after a reload, in another chat, by words and by a button …
  const inSecret = () => page.waitForFunction(() => document.querySelector('keyswitch-chat').shadowRoot
    .querySelector('keyswitch-composer').shadowRoot.activeElement?.type === 'password')
  await inSecret()
  await threads.getByRole('button', {name: 'New chat'}).click()
  await message.waitFor()
  await threads.getByRole('button', {name: 'refuse once', exact: true}).click()
  await inSecret()
  await person.choose('Cancel')
  await message.fill('switch to claude, claude-sonnet-5-5')
  await message.press('Enter')
  await inSecret()
  await composer.getByRole('button', {name: 'Back'}).click()
  await composer.getByRole('button', {name: /^claude-/}).first().click()
  await inSecret()
  // … but not if its user is in another field of the page.
  const asked = await page.evaluate(() => {
    const field = document.querySelector('body > header').appendChild(document.createElement('input'))
    field.id = 'elsewhere-field'
    document.querySelector('keyswitch-chat').threadId = ''
    return decodeURIComponent(location.hash.split('/').at(-1))
  })
  await message.waitFor()
  await page.locator('#elsewhere-field').focus()
  await page.evaluate((threadId) => (document.querySelector('keyswitch-chat').threadId = threadId), asked)
  await person.secret.waitFor()
  assert.equal(await focused(page.locator('#elsewhere-field')), true)
  await person.choose('Cancel')

  // Whoever signs in next sees nothing of it.
  await threads.getByRole('button', {name: 'New chat'}).click()
  await message.fill('for my eyes only')
  await page.evaluate(() => {
    const chat = document.querySelector('keyswitch-chat')
    globalThis.mine = chat.getToken
    const claims = {iss: 'x', sub: 'somebody else'}
    chat.getToken = () => `e30.${btoa(JSON.stringify(claims))}.`
  })
  await page.waitForFunction(() => !JSON.stringify({...sessionStorage}).includes('eyes'))
  assert.equal(await message.inputValue(), '')
  await page.evaluate(() => (document.querySelector('keyswitch-chat').getToken = globalThis.mine))
  await threads.getByRole('button', {name: 'refuse once', exact: true}).waitFor()
  await message.fill('for my eyes only')
  await page.evaluate(() => (document.querySelector('keyswitch-chat').getToken = null))
  await page.getByText('You are not signed in').or(page.locator('.signed-out')).first().waitFor()
  assert.equal((await stored()).includes('eyes'), false)

  const expected = /status of (401|404|429|503)/
  assert.deepEqual(problems.filter((problem) => !expected.test(problem)), [])
} finally {
  await browser.close()
}
