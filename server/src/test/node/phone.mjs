// Nothing is cut off on a narrow phone, from left to right and from right to left: node phone.mjs URL CHROMIUM
import assert from 'node:assert/strict'
import {launch, Person} from './browser.mjs'

const [url, executablePath] = process.argv.slice(2)
const LANGUAGES = {de: {send: 'Senden', key: 'API-Schlüssel'}, ar: {send: 'إرسال', key: 'مفتاح API'}}
const browser = await launch(executablePath)

/** What reaches beyond the window, or to the edge of it, and buttons whose words do not fit. */
const cutOff = () => {
  const found = []
  const look = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot)
      const {left, right, width} = element.getBoundingClientRect()
      const seen = width > 1 && getComputedStyle(element).visibility === 'visible'
      const beyond = left < 0 || right > innerWidth
      const narrow = element.localName === 'button' && element.scrollWidth > element.clientWidth
      const atTheEdge = element.localName === 'nav' && (left < 8 || right > innerWidth - 8)
      if (seen && (beyond || narrow || atTheEdge)) found.push(`${element.localName}.${element.className} ${left} to ${right}`)
    }
  }
  look(document)
  return found
}

try {
  for (const [lang, labels] of Object.entries(LANGUAGES)) {
    const viewport = {width: 360, height: 740}
    const page = await (await browser.newContext({viewport, isMobile: true, hasTouch: true, reducedMotion: 'reduce'})).newPage()
    const person = new Person(page, labels)
    const fits = async (state) => assert.deepEqual(await page.evaluate(cutOff), [], `${lang}, ${state}`)
    const send = async (text) => {
      await person.field.fill(text)
      const count = await person.answers.count()
      await page.getByRole('button', {name: labels.send}).tap()
      return person.answer(count)
    }

    await page.goto(`${url}?lang=${lang}`)
    await page.getByRole('button', {name: labels.send}).waitFor()
    await person.model.filter({hasText: 'openai/gpt-oss-120b'}).waitFor()
    await fits('an empty chat')
    await send('Hello there, how long can a title of a chat be before it does not fit?')
    await fits('an answer')
    // What the list of chats covers is dark, the fading below the header among it.
    await page.locator('keyswitch-chat .menu').tap()
    await page.locator('keyswitch-threads .open').waitFor()
    const layer = (one, pseudo) => one.evaluate((element, pseudo) => Number(getComputedStyle(element, pseudo).zIndex), pseudo)
    assert.ok((await layer(page.locator('keyswitch-chat .shade'))) > (await layer(page.locator('keyswitch-chat header'), '::after')))
    await page.keyboard.press('Escape')
    await page.locator('keyswitch-threads').waitFor({state: 'hidden'})
    await send('switch to claude, claude-sonnet-5-5')
    await person.secret.waitFor()
    await fits('the key step')
    const key = await page.locator('keyswitch-composer .hint svg').boundingBox()
    assert.equal(Math.round(key.width), 20)
    await send('sk-ant-browser-secret-9z8y')
    await person.model.filter({hasText: 'claude-sonnet-5-5'}).waitFor()
    // The names are cut at their ends: the provider is whole, and what is left of the model is its beginning.
    const [name, id] = await person.model.locator('bdi').evaluateAll((parts) => parts.map((part) => part.scrollWidth - part.clientWidth))
    assert.ok(name === 0 && id >= 0, `${name} and ${id} px are cut off`)
    await fits('another model')

    await person.model.tap()
    const settings = page.locator('keyswitch-settings')
    await settings.locator('keyswitch-keys li').waitFor()
    await fits('the settings')
    await settings.getByRole('radio', {name: /^Cloudflare/}).check({force: true})
    await settings.locator('keyswitch-choice-form [type=submit]').tap()
    await settings.locator('.mistake').first().filter({hasText: /\S/}).waitFor()
    await fits('a mistake')
    for (const part of ['keyswitch-current-model', 'keyswitch-keys']) {
      await settings.locator(`${part} keyswitch-confirmed-button button`).tap()
      await settings.locator(`${part} keyswitch-confirm .keep`).waitFor()
    }
    await settings.locator('keyswitch-tokens input').fill('the editor on my second laptop')
    await settings.locator('keyswitch-tokens form button').tap()
    await settings.locator('keyswitch-tokens .new').waitFor()
    await settings.locator('keyswitch-tokens li button').tap()
    await fits('questions and a token')
    await page.context().close()
  }
} finally {
  await browser.close()
}
