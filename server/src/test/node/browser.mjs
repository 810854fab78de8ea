// What the browser's tests share: a browser, a page whose troubles are counted, and a person at the chat.
import assert from 'node:assert/strict'
import {readFile} from 'node:fs/promises'
import {chromium, firefox} from 'playwright-core'

/** Starts Chromium, or Firefox as its vendor builds it, which is driven by WebDriver BiDi. */
export async function launch(executablePath) {
  if (executablePath.includes('firefox')) return firefox.launch({executablePath, channel: 'moz-firefox'})
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-quic'],
  })
}

/** Counts what must not happen: errors, requests to others, dialogs, popups, reports of the content policy. */
export async function watch(page, allowed) {
  const problems = []
  const own = (url) => allowed.some((origin) => url.startsWith(origin))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('request', (request) => own(request.url()) || problems.push('foreign request ' + request.url()))
  page.on('dialog', (dialog) => problems.push('dialog ' + dialog.message()) && dialog.dismiss())
  page.on('popup', () => problems.push('popup'))
  page.on('framenavigated', (frame) => own(frame.url()) || problems.push('left for ' + frame.url()))
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (violation) => {
    console.error('blocked: ' + violation.violatedDirective + ' ' + violation.blockedURI)
  }))
  return problems
}

/** An unsigned token, which test servers accept. */
export function tokenFor(user, project) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const issuer = {iss: 'https://securetoken.google.com/' + project, aud: project}
  return `${part({alg: 'none', typ: 'JWT'})}.${part({...issuer, sub: user, iat: now, auth_time: now, exp: now + 3600})}.`
}

/** A person at `<keyswitch-chat>`. */
export class Person {
  /** The labels are those of the page's language. */
  constructor(page, {send = 'Send', key = 'API key'} = {}) {
    this.page = page
    this.sendLabel = send
    this.field = page.locator('keyswitch-composer').locator('textarea, input')
    this.secret = page.locator('keyswitch-composer').getByLabel(key)
    this.answers = page.locator('keyswitch-message').filter({has: page.locator('.complete, .incomplete, .failed')})
    this.model = page.locator('keyswitch-chat .model')
  }

  /** Says something, and waits for the answer. */
  async say(text) {
    await this.field.fill(text)
    return this.send()
  }

  /** Sends what is in the field, and waits for the answer. */
  async send() {
    const count = await this.answers.count()
    await this.field.press('Enter')
    return this.answer(count)
  }

  /** Presses a button with an answer. */
  async choose(label) {
    const count = await this.answers.count()
    await this.page.getByRole('button', {name: label, exact: true}).click()
    return this.answer(count)
  }

  async answer(count) {
    await this.answers.nth(count).waitFor()
    await this.page.locator('keyswitch-composer').getByRole('button', {name: this.sendLabel}).waitFor()
    return (await this.answers.last().locator('.content, footer').allInnerTexts()).join('\n').trim()
  }

  /** Waits until the chat names this model, which it learns with a request of its own after an answer. */
  async usesModel(text) {
    await this.model.filter({hasText: text}).waitFor()
  }

  /** Waits until the last message can be seen to its end. */
  async seesTheEnd() {
    await this.page.waitForFunction(() => {
      const log = document.querySelector('keyswitch-chat').shadowRoot.querySelector('keyswitch-log')
      const last = [...log.shadowRoot.querySelectorAll('keyswitch-message')].at(-1)
      return last.getBoundingClientRect().bottom <= log.getBoundingClientRect().bottom + 1
    })
  }

  /** What the user's last message shows. */
  async lastSaid() {
    return (await this.page.locator('keyswitch-message .user').last().innerText()).replace(/^You:\s*/, '')
  }
}

const axe = await readFile(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

/** Fails on anything that axe finds in the page as it is, and on a page that can be scrolled out of its frame. */
export async function accessible(page, state) {
  const beyond = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
  assert.ok(beyond <= 0 || !(await page.locator('body > header nav').count()), `${beyond} px beyond the window in the state: ${state}`)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  const {violations} = await page.evaluate(() => globalThis.axe.run(document, {resultTypes: ['violations']}))
  const found = violations.map(({id, help, nodes}) => `${id}: ${help}: ${nodes.map((node) => node.target.flat().join(' ')).slice(0, 3)}`)
  assert.deepEqual(found, [], 'in the state: ' + state)
}
