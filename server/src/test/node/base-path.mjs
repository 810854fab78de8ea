// A person at the page below a path, in a real browser: node base-path.mjs URL CHROMIUM
import assert from 'node:assert/strict'
import {launch, Person, watch} from './browser.mjs'

const [url, executablePath] = process.argv.slice(2)
const browser = await launch(executablePath)

try {
  const page = await browser.newPage()
  const problems = await watch(page, [url])
  const person = new Person(page, {send: 'Senden'})

  await page.goto(url + '?lang=de')
  assert.match(await person.say('Hallo'), /Groq/)
  await page.getByRole('link', {name: 'Einstellungen'}).click()
  await page.locator('keyswitch-settings').getByText('Groq · openai/gpt-oss-120b').waitFor()
  await page.getByText(url + 'v1', {exact: true}).waitFor()
  assert.deepEqual(problems, [])
} finally {
  await browser.close()
}
