// A page whose model, provider and errors are hostile, in a real browser: node hostile.mjs URL CHROMIUM NUMBER_OF_ANSWERS
import assert from 'node:assert/strict'
import {chromium} from 'playwright-core'

const [url, executablePath, answers] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--disable-quic'],
})

try {
  const page = await (await browser.newContext()).newPage()
  const problems = []
  page.on('request', (request) => request.url().startsWith(url) || problems.push('foreign request ' + request.url()))
  page.on('dialog', (dialog) => problems.push('dialog ' + dialog.message()) && dialog.dismiss())
  page.on('popup', () => problems.push('popup'))
  page.on('framenavigated', (frame) => frame.url().startsWith(url) || problems.push('left for ' + frame.url()))
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (violation) => {
    console.error('blocked: ' + violation.blockedURI)
  }))
  page.on('console', (message) => message.text().startsWith('blocked: ') && problems.push(message.text()))

  const say = async (text) => {
    const count = await page.locator('.assistant').count()
    const field = page.locator('#text:visible, #secret:visible')
    await field.fill(text)
    await field.press('Enter')
    await page.locator('.assistant').nth(count).waitFor()
    await page.locator('#send:not([disabled])').waitFor()
    return (await page.locator('.assistant').last().innerText()).trim()
  }
  const nothingButText = async () => {
    const foreign = await page.locator(['img', 'iframe', 'object', 'embed', 'video', 'audio', 'svg', 'script', 'style', 'form',
      'input', 'base', 'meta', 'link', 'a[href^="javascript"]', 'a[href^="data"]', '[onerror]', '[onload]']
      .map((element) => 'main ' + element).join(', ')).count()
    assert.equal(foreign, 0)
  }

  await page.goto(url)
  await page.getByText('change my model').waitFor()
  await say('I want to change my model')
  await say('evil')
  await say('<img/src=x/onerror=alert(7)>')
  await nothingButText()
  assert.match(await say('an-evil-key-of-mine-1a2b'), /^Done/)
  const model = await page.locator('#model').innerText()
  assert.match(model, /onerror=alert/)

  for (let i = 0; i < Number(answers); i++) {
    await say('go on ' + i)
    await nothingButText()
    for (const link of await page.locator('main a').all()) {
      assert.match(await link.getAttribute('href'), /^https:/)
      assert.match(await link.getAttribute('rel'), /noopener/)
    }
    assert.equal(await page.locator('#model').innerText(), model)
    assert.equal(await page.locator('#options button:visible').count(), 0)
  }

  await say('I want to change my model')
  await page.getByRole('button', {name: '<img src=x onerror=alert(8)>', exact: true}).waitFor()
  await page.reload()
  await page.getByText('go on 0').first().waitFor()
  await nothingButText()
  assert.equal(await page.evaluate(() => document.querySelectorAll('#options img, header img[src="x"]').length), 0)
  assert.deepEqual(problems, [])
} finally {
  await browser.close()
}
