// The reference dialogue with every provider, in three languages, in a real browser: node dialogue.mjs URL CHROMIUM
import assert from 'node:assert/strict'
import {launch, Person, watch} from './browser.mjs'

const [url, executablePath] = process.argv.slice(2)
const ACCOUNT = '0123456789abcdef0123456789abcdef'
const LANGUAGES = [
  {
    lang: 'en',
    labels: {send: 'Send', key: 'API key'},
    change: 'I want to change my model',
    cancel: 'Cancel',
    ownKey: 'My own API key',
    account: 'Account ID',
    asksWhose: /would you like to use the default key/,
    standard: 'default',
    asksModel: /Which model/,
    asksKey: /Please provide your API key/,
    now: 'Your chat is now using ',
  },
  {
    lang: 'de',
    labels: {send: 'Senden', key: 'API-Schlüssel'},
    change: 'Ich möchte das Modell wechseln',
    cancel: 'Abbrechen',
    ownKey: 'Mein eigener API-Schlüssel',
    account: 'Konto-ID',
    asksWhose: /Möchtest du den Standard-Schlüssel/,
    standard: 'Standard',
    asksModel: /Welches Modell/,
    asksKey: /gib deinen API-Schlüssel ein/,
    now: 'Dein Chat verwendet jetzt ',
  },
  {
    lang: 'ar',
    labels: {send: 'إرسال', key: 'مفتاح API'},
    change: 'أريد تغيير النموذج',
    cancel: 'إلغاء',
    ownKey: 'مفتاح API الخاص بي',
    account: 'معرّف الحساب',
    asksWhose: /خياران/,
    standard: 'الافتراضي',
    asksModel: /أي نموذج تريد/,
    asksKey: /يُرجى إدخال مفتاح API/,
    now: 'تستخدم محادثتك الآن ',
  },
]
const browser = await launch(executablePath)

async function everyProvider({lang, labels, ...words}) {
  const page = await (await browser.newContext()).newPage()
  const problems = await watch(page, [url])
  const person = new Person(page, labels)
  await page.goto(`${url}?lang=${lang}`)
  await person.say(words.change)
  assert.equal(await page.locator('html').getAttribute('dir'), lang === 'ar' ? 'rtl' : 'ltr')
  const chips = await page.locator('keyswitch-composer .options button').allInnerTexts()
  const providers = chips.filter((label) => label !== words.cancel)
  assert.ok(providers.length >= 14, chips.join())
  await person.choose(words.cancel)

  for (const [index, provider] of providers.entries()) {
    const key = `own-key-of-0123456789-${1000 + index}`
    await person.say(words.change)
    let answer = await person.choose(provider)
    if (words.asksWhose.test(answer)) answer = await person.choose(words.ownKey)
    if (answer.includes(words.account)) answer = await person.say(ACCOUNT)
    assert.match(answer, words.asksModel, `${lang} ${provider}`)
    answer = await person.say(words.standard)
    assert.match(answer, words.asksKey, `${lang} ${provider}`)
    assert.equal(await person.field.getAttribute('type'), 'password', `${lang} ${provider}`)
    await person.field.fill(key)
    assert.equal(await page.getByText(key).count(), 0)
    await person.field.press('Enter')
    await page.locator('keyswitch-message .user').filter({hasText: key.slice(-4)}).waitFor()
    await page.getByText(words.now + provider).last().waitFor()
    await person.model.filter({hasText: '••••' + key.slice(-4)}).waitFor()
    const said = await person.say('Hello, who are you?')
    assert.ok(said.includes(provider) && said.includes(key.slice(-4)), said)
  }
  assert.equal((await page.content()).includes('own-key-of'), false)
  assert.deepEqual(problems, [])
}

try {
  await Promise.all(LANGUAGES.map(everyProvider))
} finally {
  await browser.close()
}
