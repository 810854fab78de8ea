// What people do every day, in any browser: node everyday.mjs URL BROWSER
// The provider behind it does what the message says; see ChatPageTest.
import assert from 'node:assert/strict'
import {accessible, launch, Person, watch} from './browser.mjs'

const [url, executablePath] = process.argv.slice(2)
const browser = await launch(executablePath)

try {
  const page = await (await browser.newContext({viewport: {width: 1280, height: 800}})).newPage()
  const problems = await watch(page, [url])
  const person = new Person(page)
  const composer = page.locator('keyswitch-composer')
  const content = page.locator('keyswitch-message .content')
  const stored = () => page.evaluate(() => JSON.stringify({...sessionStorage, ...localStorage}))

  // An answer comes word by word, can be stopped, and can be asked for again.
  await page.goto(url)
  await page.getByText('What would you like to talk about?').waitFor()
  await accessible(page, 'empty')
  await person.field.pressSequentially('stream')
  await person.field.press('Enter')
  await content.getByText('word-2').waitFor()
  assert.equal(await content.getByText('word-9').count(), 0)
  await content.getByText('word-9').waitFor()
  await composer.getByRole('button', {name: 'Send'}).waitFor()
  await person.field.fill('hang')
  await person.field.press('Enter')
  await content.getByText('begun').waitFor()
  await person.field.press('Escape')
  await page.getByText('Stopped.').waitFor()
  await person.say('fail once')
  await page.getByRole('button', {name: 'Try again'}).last().click()
  await content.getByText('better now').waitFor()

  // Markdown, while it grows and when it is whole.
  await person.say('markdown')
  const rich = page.locator('keyswitch-message').last()
  await rich.getByRole('heading', {name: 'A heading'}).waitFor()
  assert.equal(await rich.locator('pre code').textContent(), 'const a = 1 < 2 && "x"\nreturn a')
  await person.seesTheEnd()

  // Several lines, a draft that survives a reload, and the same messages after it.
  await person.field.pressSequentially('first line')
  await person.field.press('Shift+Enter')
  await person.field.pressSequentially('second line')
  await page.reload()
  await content.getByText('better now').waitFor()
  assert.equal(await person.field.inputValue(), 'first line\nsecond line')
  await person.say('never mind')

  // The key step: hidden, with the focus, and stored nowhere in the browser.
  await person.say('switch to claude, claude-sonnet-5-5')
  await person.secret.waitFor()
  await page.keyboard.type('sk-ant-browser-secret-9z8y')
  assert.equal(await person.secret.inputValue(), 'sk-ant-browser-secret-9z8y')
  assert.equal(await person.secret.getAttribute('type'), 'password')
  assert.match(await person.send(), /^Done\. .*Anthropic \(Claude\)/)
  await person.usesModel(/your key ••••9z8y/)
  assert.equal(((await stored()) + (await page.content())).includes('browser-secret'), false)

  // The settings: another model with the stored key, and a token.
  await person.model.click()
  const settings = page.locator('keyswitch-settings')
  const model = settings.getByRole('combobox', {name: 'Model'})
  await settings.getByRole('radio', {name: /^Anthropic/}).and(settings.locator(':checked')).waitFor()
  await model.click()
  await settings.getByRole('option').first().waitFor()
  await model.fill('claude-opus-4-7')
  await settings.getByRole('button', {name: 'Save', exact: true}).click()
  await settings.locator('.verdict').getByText('claude-opus-4-7').waitFor()
  await settings.getByLabel('Name of the token').fill('my editor')
  await settings.getByLabel('Name of the token').press('Enter')
  await settings.getByText('it is not shown again').waitFor()
  await accessible(page, 'settings')

  // On a narrow screen nothing is cut off.
  await page.setViewportSize({width: 360, height: 640})
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
  await page.getByRole('link', {name: 'Chat'}).click()
  await page.getByText('[API key ending 9z8y]').waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)

  assert.deepEqual(problems.filter((problem) => !/status of 50[02]/.test(problem)), [])
} finally {
  await browser.close()
}
