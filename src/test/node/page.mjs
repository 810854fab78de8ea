// A person at the demo's page, in a real browser: node page.mjs URL CHROMIUM SCREENSHOT_DIRECTORY
import assert from 'node:assert/strict'
import {launch, Person, watch} from './browser.mjs'

const [url, executablePath, screenshots] = process.argv.slice(2)
const browser = await launch(executablePath)

try {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}})
  const page = await context.newPage()
  const problems = await watch(page, [url])
  const person = new Person(page)
  const screenshot = (name) => page.screenshot({path: `${screenshots}/${name}.png`})

  await page.goto(url)
  await page.getByText('What would you like to talk about?').waitFor()
  await page.getByText('default key', {exact: false}).first().waitFor()
  await screenshot('empty')
  assert.match(await person.say('Hello there'), /Groq · .* · default key/)

  await person.say('I want to change my model')
  assert.match(await person.choose('Google (Gemini)'), /default/)
  assert.match(await person.choose('Default (no API key)'), /Which model/)
  assert.match(await person.say('gemini-3-flash-preview'), /^Done\. Your chat is now using Google \(Gemini\) with model gemini-3-flash-preview\./)
  await page.getByText('Google (Gemini) · gemini-3-flash-preview · default key').first().waitFor()
  await screenshot('default-key')

  await person.say('switch to claude, claude-sonnet-5-5')
  assert.equal(await person.field.getAttribute('type'), 'password')
  assert.equal(await page.getByRole('textbox', {name: 'Message'}).count(), 0)
  await page.reload()
  await person.secret.waitFor()
  await screenshot('key-step')
  assert.match(await person.say('sk-ant-browser-secret-9z8y'), /^Done\. .*Anthropic \(Claude\)/)
  assert.match(await person.say('How are you?'), /Anthropic \(Claude\) · .* · your key/)
  assert.match(await person.model.innerText(), /your key ••••9z8y/)

  // The question is gone while a key is typed in another tab: it stays hidden, and is no message.
  await person.say('switch to claude, claude-sonnet-5-5')
  const other = await context.newPage()
  await other.goto(page.url())
  const elsewhere = new Person(other)
  await elsewhere.secret.fill('Pässwörd!')
  await person.choose('Cancel')
  await other.getByText('nothing was changed').waitFor()
  assert.equal(await elsewhere.secret.inputValue(), 'Pässwörd!')
  await elsewhere.field.press('Enter')
  await other.getByText('nothing is waiting for one any more').waitFor()
  assert.match(await elsewhere.lastSaid(), /not stored/)
  await other.close()

  // A key that nobody asked for is hidden as soon as it can be told from other text.
  await person.field.pressSequentially('here it is: sk-ant-api03-pasted-too-early-1234')
  assert.equal(await person.field.getAttribute('type'), 'password')
  await page.getByText('This looks like an API key').waitFor()
  await person.field.press('Enter')
  await page.getByText('not stored').first().waitFor()
  await page.getByRole('textbox', {name: 'Message'}).waitFor()

  const polyglot = '<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3)//"><svg onload=alert(4)>'
  await person.say(polyglot)
  assert.equal(await person.lastSaid(), polyglot)
  assert.equal(await page.locator('keyswitch-message .content').locator('img, script, svg').count(), 0)

  await page.reload()
  await page.getByText('[API key ending 9z8y]').waitFor()
  const everything = await page.evaluate(() => document.body.innerHTML + JSON.stringify({...localStorage, ...sessionStorage}) + location.href)
  assert.equal(everything.includes('browser-secret'), false)
  await screenshot('after-reload')

  await page.setViewportSize({width: 320, height: 568})
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
  await page.getByRole('button', {name: 'Your chats'}).click()
  await page.getByRole('button', {name: 'New chat'}).click()
  await page.getByText('What would you like to talk about?').waitFor()
  assert.equal(await page.locator('keyswitch-message').count(), 0)
  await screenshot('phone-empty')
  await page.goBack()
  await page.getByText('[API key ending 9z8y]').waitFor()
  await page.goto(url + '#/chat/%')
  await page.getByText('This chat is not here').waitFor()
  await page.goBack()
  await page.getByText('[API key ending 9z8y]').waitFor()
  await page.goto(url + '#/chat/')
  await page.getByText('What would you like to talk about?').waitFor()
  // A thread that is not there.
  assert.deepEqual(problems.filter((problem) => !problem.includes('status of 404')), [])
} finally {
  await browser.close()
}
