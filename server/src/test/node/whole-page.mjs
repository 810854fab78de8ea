// The documented page of another origin: node whole-page.mjs PAGE_URL KEYSWITCH_URL PROJECT CHROMIUM
import assert from 'node:assert/strict'
import {accessible, launch, Person, tokenFor, watch} from './browser.mjs'

const [url, keyswitch, project, executablePath] = process.argv.slice(2)
const browser = await launch(executablePath)

try {
  const page = await (await browser.newContext()).newPage()
  const problems = await watch(page, [url, keyswitch])
  await page.goto(url)
  const token = tokenFor('ada', project)
  // The page as the documentation has it.
  const person = new Person(page)
  assert.match(await person.say('Hello'), /Groq/)

  // As an app with Firebase does it: nobody at first, then a sign-in that fails for a while, then somebody.
  const signIn = (source) => page.evaluate((source) => {
    const getToken = source && (async () => source)
    for (const element of document.querySelectorAll('keyswitch-chat, keyswitch-settings')) element.getToken = getToken
  }, source)
  const settings = page.locator('keyswitch-settings')
  const left = (selector) => page.locator(selector).evaluate((one) => one.getBoundingClientRect().left)
  const column = await left('keyswitch-chat section')
  await signIn(null)
  await page.locator('keyswitch-chat').getByText('You are not signed in').waitFor()
  await settings.getByText('You are not signed in').waitFor()
  assert.equal(await person.field.isDisabled(), true)
  assert.equal(await page.locator('keyswitch-chat').getByRole('button', {name: 'Send'}).isDisabled(), true)
  assert.equal(await left('keyswitch-chat section'), column)
  await accessible(page, 'signed out')
  await page.evaluate((token) => {
    globalThis.online = false
    const getToken = async () => {
      if (!globalThis.online) throw new Error('offline')
      return token
    }
    for (const element of document.querySelectorAll('keyswitch-chat, keyswitch-settings')) {
      element.getToken = null
      element.getToken = getToken
    }
  }, token)
  for (const part of [settings, page.locator('keyswitch-chat')]) {
    await part.getByText('Signing in is not working right now. Trying again').waitFor()
  }
  await page.evaluate(() => (globalThis.online = true))
  await settings.getByRole('button', {name: 'Try now'}).click()
  await settings.getByRole('region', {name: 'Your model now'}).waitFor()
  await page.locator('keyswitch-chat').getByRole('button', {name: /Groq/}).waitFor()
  await settings.getByRole('radio', {name: /^Google/}).check()
  await settings.getByText(/models for the default key/).waitFor()
  await settings.getByRole('button', {name: 'Save'}).click()
  await settings.locator('.verdict').filter({hasText: 'Google (Gemini) answers now'}).waitFor()

  // What is changed in one component is known to the other at once, both ways.
  await person.model.filter({hasText: 'Google (Gemini)'}).waitFor()
  assert.match(await person.say('Hello'), /gemini/)
  await person.say('go back to the default model')
  await settings.getByRole('region', {name: 'Your model now'}).getByText('The app pays, with the default key.').waitFor()

  // Another user has signed in: what the first one saw is gone, and they are the first one again after that.
  const grace = tokenFor('grace', project)
  const thread = page.locator('keyswitch-threads').getByRole('button', {name: 'Hello', exact: true})
  await thread.waitFor()
  await person.field.fill('a word of ada')
  await signIn(grace)
  await thread.waitFor({state: 'detached'})
  await page.getByText('What would you like to talk about?').waitFor()
  assert.equal(await page.locator('keyswitch-chat').evaluate((chat) => chat.threadId), '')
  assert.equal(await page.locator('keyswitch-message').count(), 0)
  assert.equal(await person.field.inputValue(), '')
  await signIn(null)
  assert.equal(await page.locator('keyswitch-threads').count(), 0)
  await signIn(token)
  await thread.click()
  await page.locator('keyswitch-message .user').filter({hasText: 'Hello'}).waitFor()

  // What is saved for one while another signs in is not shown to the other.
  let arrive
  const held = new Promise((resolve) => (arrive = resolve))
  await page.route('**/updateUserModelConfig', async (route) => {
    const response = await route.fetch()
    await held
    await route.fulfill({response})
  })
  const inUse = settings.getByRole('region', {name: 'Your model now'})
  await settings.getByRole('radio', {name: /^Google/}).check()
  await settings.getByRole('button', {name: 'Save'}).click()
  await settings.getByRole('button', {name: 'Checking'}).waitFor()
  await signIn(grace)
  await thread.waitFor({state: 'detached'})
  await inUse.getByText('Groq').waitFor()
  const arrived = page.waitForEvent('requestfinished', (request) => request.url().endsWith('/updateUserModelConfig'))
  arrive()
  await arrived
  assert.equal(await inUse.getByText('Google').count(), 0)
  await signIn(token)
  await inUse.getByText('Google').waitFor()
  await person.say('go back to the default model')
  await thread.click()
  await page.locator('keyswitch-message .user').filter({hasText: 'Hello'}).waitFor()

  // The same user with another function, as frameworks make one at every turn.
  await person.field.fill('half a')
  await signIn(token)
  assert.equal(await page.locator('keyswitch-message .user').filter({hasText: 'Hello'}).count(), 1)
  assert.equal(await person.field.inputValue(), 'half a')

  // Themed by custom properties.
  await page.evaluate(() => document.body.style.setProperty('--keyswitch-accent', 'rgb(1, 120, 2)'))
  const send = page.locator('keyswitch-composer .send')
  assert.equal(await send.evaluate((one) => getComputedStyle(one).backgroundColor), 'rgb(1, 120, 2)')
  await page.evaluate(() => document.body.style.setProperty('--keyswitch-font-size', '20px'))
  await page.evaluate(() => document.body.style.setProperty('--keyswitch-radius', '0px'))
  const looks = (one) => [getComputedStyle(one).fontSize, getComputedStyle(one).borderRadius]
  assert.deepEqual(await person.field.evaluate(looks), ['20px', '0px'])
  assert.deepEqual(await settings.getByRole('button', {name: 'Create token'}).evaluate(looks), ['20px', '0px'])
  assert.equal(await send.evaluate((one) => getComputedStyle(one).borderRadius), '0px')
  await accessible(page, 'in another page')

  // A token that Keyswitch does not take: said, and to be tried again.
  await signIn('no.token.at-all')
  await settings.getByText('Your sign-in is not accepted.').waitFor()
  await settings.getByRole('button', {name: 'Try again'}).waitFor()
  await accessible(page, 'a refused sign-in')
  assert.deepEqual(problems.filter((problem) => !problem.includes('status of 401')), [])
} finally {
  await browser.close()
}
