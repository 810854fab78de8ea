// A person at the settings, in a real browser: node settings.mjs URL CHROMIUM SCREENSHOT_DIRECTORY
import assert from 'node:assert/strict'
import {accessible, launch, watch} from './browser.mjs'

const [url, executablePath, screenshots] = process.argv.slice(2)
const ACCOUNT = '0123456789abcdef0123456789abcdef'
const browser = await launch(executablePath)

try {
  const context = await browser.newContext({viewport: {width: 1280, height: 1000}, reducedMotion: 'reduce'})
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  const problems = await watch(page, [url])
  const settings = page.locator('keyswitch-settings')
  const verdict = settings.locator('.verdict')
  const provider = (name) => settings.getByRole('radio', {name: new RegExp('^' + name)})
  const key = settings.getByLabel('API key')
  const account = settings.getByLabel(/Account ID/i)
  const model = settings.getByRole('combobox', {name: 'Model'})
  const save = settings.getByRole('button', {name: /^(Check and save|Save)$/})
  const now = settings.getByRole('region', {name: 'Your model now'})
  const mistake = async (field, text) => {
    await settings.locator('.mistake').filter({hasText: text}).waitFor()
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    await field.and(page.locator(':focus')).waitFor()
  }
  const says = async (text) => verdict.filter({hasText: text}).waitFor()
  const suggestions = (text) => settings.getByText(text).waitFor()

  await page.goto(url + '#/settings')
  await now.getByText('Groq · openai/gpt-oss-120b').waitFor()
  assert.equal(await settings.getByRole('radio', {name: /key/}).count(), 14)
  await accessible(page, 'settings, nothing chosen')

  // The default key, with a model that the provider lists.
  await provider('Google').check()
  assert.equal(await settings.getByRole('radio', {name: /^Default key The app pays/}).isChecked(), true)
  await suggestions(/models for the default key/)

  // The whole list, whatever the field holds: by its button, a click and an arrow key, with what is in the field marked.
  const options = settings.getByRole('option')
  const held = await model.inputValue()
  const wholeList = async (open) => {
    await open()
    await settings.getByRole('option', {name: 'gemini-3-flash-preview'}).waitFor()
    assert.equal(await model.getAttribute('aria-expanded'), 'true')
    assert.ok((await options.count()) > 3)
    assert.match(await settings.locator('[role=option][aria-selected=true]').innerText(), new RegExp('^' + held))
    await page.keyboard.press('Escape')
    await options.first().waitFor({state: 'hidden'})
  }
  await wholeList(() => settings.getByRole('button', {name: 'All models'}).click())
  await wholeList(() => model.click())
  await wholeList(() => page.keyboard.press('Alt+ArrowDown'))
  await wholeList(() => page.keyboard.press('ArrowUp'))
  await model.fill('flash')
  await options.first().waitFor()
  for (const option of await options.allInnerTexts()) assert.match(option, /flash/i)
  await page.screenshot({path: screenshots + '/settings-suggestions.png'})
  await accessible(page, 'suggestions')
  await settings.getByRole('option', {name: /^gemini-3-flash-preview/}).click()
  assert.equal(await model.inputValue(), 'gemini-3-flash-preview')
  await save.click()
  await says('Google (Gemini) answers now, with gemini-3-flash-preview. The app pays, with the default key.')

  // A choice that was begun stays while its user looks elsewhere for a key.
  await provider('Anthropic').check()
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.waitForLoadState('networkidle')
  assert.equal(await provider('Anthropic').isChecked(), true)
  await settings.getByLabel('Anthropic (Claude) API key').waitFor()

  // SwarmSpace takes another's keys, and says whose.
  await provider('SwarmSpace').check()
  await settings.getByLabel('Google (Gemini) API key').waitFor()

  // A wrong key: said in plain words, and nothing that was typed is lost.
  await provider('OpenAI').check()
  await key.fill('sk-invalid-of-mine-1234')
  await model.fill('gpt-5.4-mini')
  await save.click()
  await mistake(key, 'does not accept this API key')
  assert.equal(await key.inputValue(), 'sk-invalid-of-mine-1234')
  assert.equal(await key.getAttribute('type'), 'password')
  assert.equal(await model.inputValue(), 'gpt-5.4-mini')
  await now.getByText('gemini-3-flash-preview').waitFor()
  await page.screenshot({path: screenshots + '/settings-refused.png'})
  await accessible(page, 'a refused key')

  // A text that can be no key is said at its field as well.
  await key.fill('sk own key')
  await save.click()
  await mistake(key, 'not an API key')

  // What was begun for a provider is there again when its user comes back to it.
  await key.fill('sk-own-key-of-mine-abcd')
  await provider('Anthropic').check()
  assert.equal(await key.inputValue(), '')
  await provider('OpenAI').check()
  assert.equal(await key.inputValue(), 'sk-own-key-of-mine-abcd')
  assert.equal(await model.inputValue(), 'gpt-5.4-mini')
  await save.click()
  await says('OpenAI answers now, with gpt-5.4-mini. You pay, with your own key ••••abcd.')
  assert.equal(await key.inputValue(), '')
  assert.match(String(await key.getAttribute('placeholder')), /Stored: ••••abcd/)
  await now.getByText('••••abcd').waitFor()
  assert.equal((await page.locator('body').innerHTML()).includes('own-key-of-mine'), false)

  // Another model keeps the key; any id can be typed.
  await model.fill('a-model-nobody-lists-7')
  await save.click()
  await now.getByText('a-model-nobody-lists-7').waitFor()
  await now.getByText('••••abcd').waitFor()

  // What is saved although the check has something to say is said to be saved.
  await model.fill('gpt-no-such-model')
  await key.fill('sk-own-key-of-mine-abcd')
  await save.click()
  await verdict.filter({hasText: /^\s*Saved\. Your key works/}).waitFor()

  // A stored key stays when another provider is chosen, and needs not be typed again.
  const keys = settings.getByRole('list', {name: 'Your keys'})
  const keyOf = (name) => keys.getByRole('listitem').filter({hasText: name})
  await keyOf('OpenAI ••••abcd').getByText('In use.').waitFor()
  await provider('Groq').check()
  await save.click()
  await says('Groq answers now')
  await keyOf('OpenAI ••••abcd').getByText('Not in use.').waitFor()
  await provider('OpenAI').check()
  assert.match(String(await key.getAttribute('placeholder')), /Stored: ••••abcd/)
  await save.click()
  await now.getByText('OpenAI').waitFor()

  // What is missing is said before anything is sent.
  await provider('Cloudflare').check()
  await save.click()
  await mistake(account, 'Please enter your')
  await account.fill('not an account')
  await save.click()
  await mistake(account, 'does not look like')
  await account.fill(ACCOUNT)
  await save.click()
  await mistake(key, 'Please paste your Cloudflare')
  await key.fill('cfut_0123456789012345678901234567890123456789')
  await save.click()
  await now.getByText('Cloudflare').waitFor()
  const link = settings.getByRole('link', {name: 'Get a key'})
  assert.match(String(await link.getAttribute('href')), /^https:\/\//)
  assert.match(String(await link.getAttribute('rel')), /noopener/)

  // Back to the default: the keys stay.
  const sure = settings.getByRole('alertdialog')
  const focused = (one) => one.evaluate((element) => element.getRootNode().activeElement === element)
  await settings.getByRole('button', {name: 'Back to default'}).click()
  await page.keyboard.press('Escape')
  await sure.waitFor({state: 'detached'})
  await page.keyboard.press('Enter')
  await sure.waitFor()
  await accessible(page, 'back to the default')
  await sure.getByRole('button', {name: 'Back to default'}).click()
  await says('The default is in use again.')
  await now.getByText('Groq · openai/gpt-oss-120b').waitFor()
  assert.equal(await focused(now), true)
  assert.equal(await keys.getByRole('listitem').count(), 2)

  // A chat with a model of its own is listed, and its key knows of it.
  await page.evaluate(async () => {
    const client = document.querySelector('keyswitch-settings').client
    const mine = {provider: 'openai', modelId: 'gpt-5.4-mini', threadId: 'tea'}
    await client.call('sendChatMessage', {threadId: 'tea', message: 'Which tea is the best?', clientMessageId: 'tea-1'})
    await client.call('updateUserModelConfig', mine)
  })
  await page.reload()
  const chats = settings.getByRole('list', {name: 'Chats with a model of their own'})
  await chats.getByText('Which tea is the best?').waitFor()
  await chats.getByText('OpenAI · gpt-5.4-mini').waitFor()
  await keyOf('OpenAI').getByText('In use in 1 chat with a model of its own.').waitFor()
  await page.screenshot({path: screenshots + '/settings-keys.png', fullPage: true})
  await accessible(page, 'keys and chats with a model of their own')

  // The name of the model in such a chat leads to its row, which gives the usual model back to the chat.
  await page.evaluate(async () => {
    const client = document.querySelector('keyswitch-settings').client
    const mine = {provider: 'gemini', modelId: 'gemini-3-flash-preview', useProjectKey: true, threadId: 'coffee'}
    await client.call('sendChatMessage', {threadId: 'coffee', message: 'Or coffee?', clientMessageId: 'coffee-1'})
    await client.call('updateUserModelConfig', mine)
  })
  await page.goto(url + '#/chat/coffee')
  const pill = page.locator('keyswitch-chat .model')
  await pill.filter({hasText: 'gemini-3-flash-preview'}).click()
  await page.waitForFunction(() => {
    const list = document.querySelector('keyswitch-settings').shadowRoot.querySelector('keyswitch-thread-models')
    return list?.shadowRoot.activeElement?.closest('li').innerText.includes('Or coffee?')
  })
  await accessible(page, 'the model of a chat')
  await page.keyboard.press('Enter')
  await chats.getByText('Or coffee?').waitFor({state: 'detached'})
  await page.getByRole('link', {name: 'Chat'}).click()
  await pill.filter({hasText: 'openai/gpt-oss-120b'}).waitFor()
  await page.getByRole('link', {name: 'Settings'}).click()

  // Deleting a key says what follows, and takes it from the chats that use it.
  await settings.getByRole('button', {name: 'Delete the OpenAI key'}).click()
  await settings.getByText('Chats that use it go back to the default.').waitFor()
  await accessible(page, 'deleting a key')
  await settings.getByRole('button', {name: 'Delete for good'}).click()
  await keyOf('OpenAI').waitFor({state: 'detached'})
  await chats.waitFor({state: 'detached'})
  await settings.getByRole('button', {name: 'Delete the Cloudflare'}).click()
  await settings.getByRole('button', {name: 'Delete for good'}).click()
  await keys.waitFor({state: 'detached'})

  // Programs need an address and a token, which is shown once.
  assert.equal(await settings.locator('.address').innerText(), `Base URL\n${url}v1`)
  await settings.getByLabel('Name of the token').fill('my editor')
  await settings.getByRole('button', {name: 'Create token'}).click()
  const token = await settings.locator('.new code').innerText()
  assert.match(token, /^ks_/)
  assert.equal(await settings.getByRole('button', {name: 'Copy'}).evaluate((one) => one.getRootNode().activeElement === one), true)
  await settings.getByRole('button', {name: 'Copy'}).click()
  await settings.getByRole('button', {name: 'Copied'}).waitFor()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token)
  await page.screenshot({path: screenshots + '/settings-token.png'})
  await accessible(page, 'a new token')
  await page.reload()
  await settings.getByText('my editor').waitFor()
  assert.equal(await page.getByText(token).count(), 0)
  await settings.getByText(/^Created /).waitFor()
  await settings.getByRole('button', {name: 'Revoke my editor'}).click()
  await page.keyboard.press('Escape')
  await sure.waitFor({state: 'detached'})
  await page.keyboard.press('Enter')
  await sure.waitFor()
  await accessible(page, 'revoking a token')
  await settings.getByRole('button', {name: 'Revoke for good'}).click()
  await settings.getByText('my editor').waitFor({state: 'detached'})

  // By keyboard alone.
  await provider('Groq').focus()
  await page.keyboard.press('Space')
  assert.equal(await provider('Groq').isChecked(), true)
  await suggestions(/models for the default key/)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('llama')
  await page.keyboard.press('ArrowDown')
  const active = await settings.locator('[role=option][aria-selected=true]').innerText()
  await page.keyboard.press('Enter')
  assert.match(active, new RegExp('^' + (await model.inputValue()).replaceAll('.', '\\.')))
  await page.keyboard.press('Enter')
  await says('Groq answers now')

  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({colorScheme})
    await page.setViewportSize({width: 390, height: 844})
    await provider('Groq').click()
    await provider('Mistral').click()
    await page.waitForFunction(() => {
      const settings = document.querySelector('keyswitch-settings').shadowRoot
      return settings.querySelector('keyswitch-choice-form').getBoundingClientRect().top < innerHeight / 2
    })
    await accessible(page, 'settings on a phone, ' + colorScheme)
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    await page.screenshot({path: `${screenshots}/settings-phone-${colorScheme}.png`})
    await page.setViewportSize({width: 320, height: 568})
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    await page.setViewportSize({width: 1280, height: 1000})
    await page.screenshot({path: `${screenshots}/settings-${colorScheme}.png`})
  }

  // Keyswitch cannot be reached: said, tried again, and at once if its user wants to.
  const tried = () => page.evaluate(() => globalThis.tried === true)
  await page.route('**/getUserModelConfig', async (route) => ((await tried()) ? route.continue() : route.abort()))
  await page.reload()
  await settings.getByText('Keyswitch cannot be reached').waitFor()
  assert.equal(await settings.locator('.skeleton').count(), 0)
  await accessible(page, 'unreachable')
  // It is back when its user tries, not before: else it would be tried by itself meanwhile.
  await page.evaluate(() => addEventListener('click', () => (globalThis.tried = true), {capture: true}))
  await settings.getByRole('button', {name: 'Try now'}).click()
  await now.getByText('Groq').waitFor()
  await page.unrouteAll({behavior: 'wait'})

  // Refused calls are logged by the browser itself; nothing else may be.
  assert.deepEqual(problems.filter((problem) => !/status of 400|ERR_FAILED/.test(problem)), [])
} finally {
  await browser.close()
}
