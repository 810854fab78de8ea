// Another page with the packed components: node package.mjs PAGE_URL KEYSWITCH_URL PROJECT CHROMIUM
import assert from 'node:assert/strict'
import {accessible, launch, Person, watch} from './browser.mjs'

const [url, keyswitch, project, executablePath] = process.argv.slice(2)
const browser = await launch(executablePath)

try {
  const page = await (await browser.newContext()).newPage()
  const problems = await watch(page, [url, keyswitch])
  await page.goto(url)
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const token = part({alg: 'none', typ: 'JWT'}) + '.' + part({
    iss: 'https://securetoken.google.com/' + project, aud: project, sub: 'ada', iat: now, auth_time: now, exp: now + 3600,
  }) + '.'
  // As an app with Firebase does it, once somebody is signed in.
  await page.evaluate(({keyswitch, token}) => {
    for (const element of document.querySelectorAll('keyswitch-chat, keyswitch-settings')) {
      element.endpoint = keyswitch
      element.getToken = async () => token
    }
  }, {keyswitch, token})

  const settings = page.locator('keyswitch-settings')
  await settings.getByRole('radio', {name: /^Google/}).check()
  await settings.getByText(/models for the default key/).waitFor()
  await settings.getByRole('button', {name: 'Save'}).click()
  await settings.locator('.verdict').filter({hasText: 'Google (Gemini) answers now'}).waitFor()

  // What is changed in one component is known to the other at once, both ways.
  const person = new Person(page)
  await person.model.filter({hasText: 'Google (Gemini)'}).waitFor()
  assert.match(await person.say('Hello'), /gemini/)
  await person.say('go back to the default model')
  await settings.getByRole('region', {name: 'Your model now'}).getByText('The default model').waitFor()

  // Themed by custom properties.
  await page.evaluate(() => document.body.style.setProperty('--keyswitch-accent', 'rgb(1, 120, 2)'))
  const send = page.locator('keyswitch-composer .send')
  assert.equal(await send.evaluate((one) => getComputedStyle(one).backgroundColor), 'rgb(1, 120, 2)')
  await accessible(page, 'in another page')
  assert.deepEqual(problems, [])
} finally {
  await browser.close()
}
