// A page whose model, provider and errors are hostile, in a real browser: node hostile.mjs URL CHROMIUM NUMBER_OF_ANSWERS
import assert from 'node:assert/strict'
import {launch, Person, watch} from './browser.mjs'

const [url, executablePath, answers] = process.argv.slice(2)
const NAME = '<img src=x onerror=alert(8)>'
const POLYGLOT = 'jaVasCript:/*-/*`/*\\`/*\'/*"/**/(/* */oNcliCk=alert() )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/--!>'
  + '<sVg/oNloAd=alert()//><img src=x onerror=alert()>'
const browser = await launch(executablePath)

try {
  const page = await (await browser.newContext()).newPage()
  const problems = await watch(page, [url])
  const person = new Person(page)

  /** Nothing of what others wrote became an element that does anything. */
  const nothingButText = async () => {
    const foreign = ['img', 'iframe', 'object', 'embed', 'video', 'audio', 'script', 'style', 'form', 'input', 'base', 'meta',
      'link', 'details', 'svg[onload]', 'a[href^="javascript" i]', 'a[href^="data" i]', '[onerror]', '[onload]', '[style]']
    const inMessages = page.locator('keyswitch-message .content').locator(foreign.join(', '))
    assert.equal(await inMessages.count(), 0)
    assert.equal(await page.locator('main').locator('img, iframe, script, [onerror], [onload]').count(), 0)
  }

  await page.goto(url)
  await page.getByText('What would you like to talk about?').waitFor()
  await person.say('I want to change my model')
  await person.say('evil')
  await person.say('<img/src=x/onerror=alert(7)>')
  await nothingButText()
  assert.match(await person.say('an-evil-key-of-mine-1a2b'), /^Done/)
  await person.usesModel(/onerror=alert/)
  const model = await person.model.innerText()

  for (let i = 0; i < Number(answers); i++) {
    await person.say('go on ' + i)
    await nothingButText()
    for (const link of await page.locator('keyswitch-message .content').locator('a').all()) {
      assert.match(String(await link.getAttribute('href')), /^(https?|mailto):/)
      assert.match(String(await link.getAttribute('rel')), /noopener/)
    }
    assert.equal(await person.model.innerText(), model)
    assert.equal(await page.locator('keyswitch-composer .options').count(), 0)
  }

  // As one's own words, as a title, in an error, as a name.
  await person.say(POLYGLOT)
  await nothingButText()
  await person.say('I want to change my model')
  await page.getByRole('button', {name: NAME, exact: true}).waitFor()
  await page.goto(url + '#/chat/')
  await page.reload()
  await person.say(POLYGLOT)
  await page.locator('keyswitch-threads').getByText('jaVasCript:').waitFor()
  await page.goto(url + '#/settings')
  const settings = page.locator('keyswitch-settings')
  await settings.getByRole('radio', {name: NAME}).check()
  await settings.getByRole('combobox').fill(POLYGLOT)
  await settings.getByRole('button', {name: 'Save'}).click()
  await settings.locator('.verdict').waitFor()
  await settings.getByLabel('Name of the token').fill(POLYGLOT.slice(0, 99))
  await settings.getByRole('button', {name: 'Create token'}).click()
  await settings.getByText('it is not shown again').waitFor()
  await nothingButText()
  await page.reload()
  await settings.getByRole('radio', {name: NAME}).waitFor()
  await nothingButText()
  assert.deepEqual(problems.filter((problem) => !problem.includes('status of 400')), [])
} finally {
  await browser.close()
}
