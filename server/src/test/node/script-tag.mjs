// Pages of another origin that load the components by one script tag: node script-tag.mjs PAGE_URL TAMPERED_URL KEYSWITCH_URL PROJECT CHROMIUM
import assert from 'node:assert/strict'
import {launch, Person, tokenFor, watch} from './browser.mjs'

const [url, tampered, keyswitch, project, executablePath] = process.argv.slice(2)
const browser = await launch(executablePath)

try {
  const page = await (await browser.newContext()).newPage()
  const problems = await watch(page, [url, keyswitch])
  await page.addInitScript((token) => (globalThis.getToken = async () => token), tokenFor('ada', project))
  await page.goto(url)
  const person = new Person(page)
  assert.match(await person.say('Hello'), /Groq/)
  await page.locator('keyswitch-settings').getByRole('region', {name: 'Your model now'}).waitFor()

  // Languages are found beside the file, whatever the origin of the page.
  await page.evaluate(() => (document.documentElement.lang = 'de'))
  await page.getByRole('button', {name: 'Senden'}).waitFor()
  assert.deepEqual(problems, [])

  // A file with another hash does not run.
  const blocked = page.waitForEvent('console', (message) => message.text().includes("'integrity' attribute"))
  await page.goto(tampered)
  await blocked
  assert.equal(await page.evaluate(() => customElements.get('keyswitch-chat')), undefined)
} finally {
  await browser.close()
}
