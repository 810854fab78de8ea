// The reference dialogue with every provider, in a real browser: node dialogue.mjs URL CHROMIUM
import assert from 'node:assert/strict'
import {launch, Person, watch} from './browser.mjs'

const [url, executablePath] = process.argv.slice(2)
const ACCOUNT = '0123456789abcdef0123456789abcdef'
const browser = await launch(executablePath)

try {
  const page = await (await browser.newContext()).newPage()
  const problems = await watch(page, [url])
  const person = new Person(page)
  await page.goto(url)
  await person.say('I want to change my model')
  const labels = await page.locator('keyswitch-composer .options button').allInnerTexts()
  const providers = labels.filter((label) => label !== 'Cancel')
  assert.ok(providers.length >= 14, labels.join())
  await person.choose('Cancel')

  for (const [index, provider] of providers.entries()) {
    const key = `own-key-of-0123456789-${1000 + index}`
    await person.say('I want to change my model')
    let answer = await person.choose(provider)
    if (/default.*or.*own/i.test(answer)) answer = await person.choose('My own API key')
    if (/account id/i.test(answer)) answer = await person.say(ACCOUNT)
    assert.match(answer, /Which model/, provider)
    answer = await person.say('default')
    assert.match(answer, /API key/, provider)
    assert.equal(await person.field.getAttribute('type'), 'password', provider)
    await person.field.fill(key)
    assert.equal(await page.getByText(key).count(), 0)
    await person.field.press('Enter')
    await page.getByText(`[API key ending ${key.slice(-4)}]`).waitFor()
    await page.getByText(`Your chat is now using ${provider}`).last().waitFor()
    await person.model.filter({hasText: 'your key ••••' + key.slice(-4)}).waitFor()
    const said = await person.say('Hello, who are you?')
    assert.ok(said.includes(provider) && said.includes('your key'), said)
  }
  assert.equal((await page.content()).includes('own-key-of'), false)
  assert.deepEqual(problems, [])
} finally {
  await browser.close()
}
