// A person at the demo's page, in a real browser: node page.mjs URL CHROMIUM SCREENSHOT_DIRECTORY
import assert from 'node:assert/strict'
import {chromium} from 'playwright-core'

const [url, executablePath, screenshots] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--disable-quic'],
})

try {
  const context = await browser.newContext({viewport: {width: 1000, height: 800}})
  const page = await context.newPage()
  const problems = []
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('request', (request) => request.url().startsWith(url) || problems.push('foreign request ' + request.url()))
  page.on('dialog', (dialog) => problems.push('dialog ' + dialog.message()))

  const last = () => page.locator('.assistant').last()
  const say = async (text) => {
    const count = await page.locator('.assistant').count()
    const field = page.locator('#text:visible, #secret:visible')
    await field.fill(text)
    await field.press('Enter')
    await page.locator('.assistant').nth(count).waitFor()
    await page.locator('#send:not([disabled])').waitFor()
    return (await last().innerText()).trim()
  }
  const choose = async (label) => {
    const count = await page.locator('.assistant').count()
    await page.getByRole('button', {name: label, exact: true}).click()
    await page.locator('.assistant').nth(count).waitFor()
    await page.locator('#send:not([disabled])').waitFor()
    return (await last().innerText()).trim()
  }

  await page.goto(url)
  await page.getByText('change my model').waitFor()
  assert.match(await say('Hello there'), /the default key/)

  await say('I want to change my model')
  assert.match(await choose('Google (Gemini)'), /default/)
  assert.match(await choose('Default (no API key)'), /Which model/)
  assert.match(await say('gemini-3-flash-preview'), /^Done\. Your chat is now using Google \(Gemini\) with model gemini-3-flash-preview\./)
  assert.match(await page.locator('#model').innerText(), /Google \(Gemini\) · gemini-3-flash-preview · default key/)
  await page.screenshot({path: screenshots + '/default-key.png'})

  await say('switch to claude, claude-sonnet-5-5')
  assert.equal(await page.locator('#secret').getAttribute('type'), 'password')
  assert.equal(await page.locator('#text').isVisible(), false)
  await page.reload()
  await page.locator('#secret').waitFor()
  await page.screenshot({path: screenshots + '/key-step.png'})
  assert.match(await say('sk-ant-browser-secret-9z8y'), /^Done\. .*Anthropic \(Claude\)/)
  assert.match(await say('How are you?'), /your own key/)
  assert.match(await page.locator('#model').innerText(), /your key ••••9z8y/)

  // The question is gone in one tab while the other still shows it: what is typed there is no message.
  await say('switch to claude, claude-sonnet-5-5')
  const other = await context.newPage()
  await other.goto(url)
  await other.locator('#secret').waitFor()
  await say('cancel')
  await other.locator('#secret').fill('Pässwörd!')
  await other.locator('#secret').press('Enter')
  await other.getByText('nothing is waiting for one any more').waitFor()
  assert.match(await other.locator('.user').last().innerText(), /not stored/)
  await other.close()

  await say('here it is: sk-ant-api03-pasted-too-early-1234')
  assert.match(await page.locator('.user').last().innerText(), /\[API key ending 1234\]/)

  const polyglot = '<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3)//"><svg onload=alert(4)>'
  await say(polyglot)
  assert.equal(await page.locator('main img, main script, main svg').count(), 0)

  await page.reload()
  await page.getByText('[API key ending 9z8y]').waitFor()
  assert.equal((await page.content()).includes('browser-secret'), false)
  await page.screenshot({path: screenshots + '/after-reload.png'})

  for (let turn = 0; turn < 52; turn++) await say('which model am I using?')
  await say('the newest of all')
  await page.reload()
  await page.getByText('the newest of all').first().waitFor()
  await page.getByRole('button', {name: 'Earlier messages'}).click()
  await page.getByText('Hello there').first().waitFor()

  await page.setViewportSize({width: 360, height: 640})
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
  await page.getByRole('button', {name: 'New chat'}).click()
  assert.equal(await page.locator('.message').count(), 0)
  assert.deepEqual(problems, [])
} finally {
  await browser.close()
}
