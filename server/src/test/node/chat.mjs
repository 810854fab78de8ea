// The chat when things go as they do: node chat.mjs URL CHROMIUM SCREENSHOT_DIRECTORY
// The provider behind it does what the message says; see ChatPageTest.
import assert from 'node:assert/strict'
import {accessible, launch, Person, watch} from './browser.mjs'

const [url, executablePath, screenshots] = process.argv.slice(2)
const browser = await launch(executablePath)

try {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, reducedMotion: 'reduce'})
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  const problems = await watch(page, [url])
  const person = new Person(page)
  const composer = page.locator('keyswitch-composer')
  const content = page.locator('keyswitch-message .content')
  const said = (text) => page.locator('keyswitch-message .user').filter({hasText: text})
  const write = async (text) => {
    await person.field.fill(text)
    await person.field.press('Enter')
  }

  await page.goto(url)
  await page.getByText('What would you like to talk about?').waitFor()
  await accessible(page, 'empty')

  // Word by word.
  await write('stream')
  await content.getByText('word-2').waitFor()
  assert.equal(await content.getByText('word-9').count(), 0)
  await composer.getByRole('button', {name: 'Stop the answer'}).waitFor()
  await content.getByText('word-9').waitFor()
  await composer.getByRole('button', {name: 'Send'}).waitFor()

  // Stopped by the button and by Escape; what arrived stays, also in the database.
  await write('hang')
  await content.getByText('begun').waitFor()
  await composer.getByRole('button', {name: 'Stop the answer'}).click()
  await page.getByText('Stopped.').waitFor()
  await write('hang')
  await content.getByText('begun').nth(1).waitFor()
  await person.field.press('Escape')
  await page.getByText('Stopped.').nth(1).waitFor()
  await accessible(page, 'stopped')
  await page.reload()
  await page.getByText('This answer is incomplete.').waitFor()
  assert.equal(await content.getByText('begun').count(), 2)

  // What was stopped can be asked for again.
  await page.getByRole('button', {name: 'Try again'}).last().click()
  await composer.getByRole('button', {name: 'Stop the answer'}).waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Stopped.').waitFor()
  await page.getByRole('button', {name: 'Try again'}).last().waitFor()

  // A failure is a sentence, and the same message can be sent again.
  await write('fail once')
  await page.locator('keyswitch-message .problem').filter({hasText: /Groq/}).waitFor()
  await accessible(page, 'failed')
  await page.screenshot({path: screenshots + '/failed.png'})
  await page.getByRole('button', {name: 'Try again'}).last().click()
  await content.getByText('better now').waitFor()
  assert.equal(await said('fail once').count(), 1)

  // Reloaded, or left for another chat, in the middle of an answer: it is read on, in its place, and not asked for twice.
  await write('slowly')
  await content.getByText('step-1').waitFor()
  await page.reload()
  await content.getByText('step-5').waitFor({timeout: 15_000})
  await composer.getByRole('button', {name: 'Send'}).waitFor()
  await write('slowly, please')
  await content.getByText('step-1').nth(1).waitFor()
  await page.getByRole('button', {name: 'New chat'}).click()
  await page.getByText('What would you like to talk about?').waitFor()
  await page.locator('keyswitch-threads').getByRole('button', {name: 'stream', exact: true}).click()
  await content.getByText('step-5').nth(1).waitFor({timeout: 15_000})
  await composer.getByRole('button', {name: 'Send'}).waitFor()
  assert.equal(await said('slowly').count(), 2)
  assert.deepEqual(await page.evaluate(() => JSON.parse(sessionStorage.getItem('keyswitch-unanswered')).values), {})

  // What one tab changes, the others show.
  const other = await context.newPage()
  await other.goto(url)
  const second = new Person(other)
  await second.say('use groq, llama-3.3-70b-versatile, default')
  await person.model.filter({hasText: 'llama-3.3-70b-versatile'}).waitFor()
  await second.say('go back to the default model')
  await person.model.filter({hasText: 'openai/gpt-oss-120b'}).waitFor()

  // … a thread they both show among it, and that it is deleted.
  await page.getByRole('button', {name: 'New chat'}).click()
  await write('## For **two** tabs')
  await content.getByText('heard: ## For').or(content.getByText('heard: For')).first().waitFor()
  const title = other.locator('keyswitch-threads').getByRole('button', {name: 'For two tabs', exact: true})
  await title.click()
  await other.locator('keyswitch-message .user').filter({hasText: 'For **two** tabs'}).waitFor()
  await write('one more')
  await other.locator('keyswitch-message .content').getByText('heard: one more').waitFor()
  const drawn = await other.locator('keyswitch-message').last().elementHandle()
  await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await second.say('and from here')
  await content.getByText('heard: and from here').waitFor()
  assert.equal(await drawn.evaluate((one) => one.isConnected), true)
  await page.locator('keyswitch-threads').getByRole('button', {name: 'Delete “For two tabs”'}).click()
  await page.locator('keyswitch-threads').getByRole('button', {name: 'Delete', exact: true}).click()
  await other.getByText('Chat not found').waitFor()
  await title.waitFor({state: 'detached'})
  await accessible(other, 'a deleted chat')
  await second.say('a new beginning')
  assert.match(other.url(), /#\/chat\/chat-/)
  await other.goto(url + '#/chat/nobody-knows-it')
  await other.getByText('Chat not found').waitFor()
  await other.close()
  await page.locator('keyswitch-threads').getByRole('button', {name: 'stream', exact: true}).click()
  await content.getByText('word-9').waitFor()

  // The server is restarted in the middle of an answer.
  await write('restart')
  await content.getByText('a whole answer').waitFor()
  assert.equal(await said('restart').count(), 1)
  assert.equal(await content.getByText('half an').count(), 0)

  // The network goes away and comes back.
  await context.setOffline(true)
  await write('hello from the tunnel')
  await page.getByText('The connection was lost. Trying again').waitFor()
  await page.getByRole('button', {name: 'Try now'}).waitFor()
  await person.seesTheEnd()
  await page.screenshot({path: screenshots + '/reconnecting.png'})
  await context.setOffline(false)
  await content.getByText('heard: hello from the tunnel').waitFor()
  await page.reload()
  await content.getByText('heard: hello from the tunnel').waitFor()
  assert.equal(await said('hello from the tunnel').count(), 1)
  assert.equal(await content.getByText('a whole answer').count(), 1)

  // Markdown, with code to copy, and no picture that is fetched.
  await write('markdown')
  const rich = page.locator('keyswitch-message').last()
  await rich.getByRole('heading', {name: 'A heading'}).waitFor()
  assert.equal(await rich.getByRole('listitem').count(), 5)
  const sides = (one) => [getComputedStyle(one).marginLeft, getComputedStyle(one).marginRight]
  assert.deepEqual(await rich.getByRole('listitem').first().evaluate(sides), ['24px', '0px'])
  assert.deepEqual(await rich.getByRole('listitem').last().evaluate(sides), ['0px', '24px'])
  assert.equal(await rich.getByText('☑ done').count(), 1)
  assert.equal(await rich.locator('em strong').innerText(), 'b)')
  assert.equal(await rich.getByRole('link', {name: 'README.md'}).count(), 0)
  assert.equal(await rich.getByRole('cell', {name: '4'}).evaluate((one) => getComputedStyle(one).textAlign), 'right')
  assert.equal(await rich.getByRole('cell', {name: '4'}).innerText(), '4\n5')
  assert.equal(await rich.getByRole('cell').count(), 4)
  assert.equal(await rich.locator('p > strong').innerText(), 'bold & <b>')
  assert.equal(await rich.locator('.content img').count(), 0)
  const link = rich.getByRole('link', {name: 'a page'})
  assert.equal(await link.getAttribute('href'), 'https://example.org/')
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer nofollow')
  await rich.getByRole('link', {name: 'a picture'}).waitFor()
  const code = rich.locator('pre code')
  assert.equal(await code.textContent(), 'const a = 1 < 2 && "x"\nreturn a')
  assert.deepEqual(await code.locator('.keyword').allTextContents(), ['const', 'return'])
  assert.deepEqual(await code.locator('.string').allTextContents(), ['"x"'])
  await colouredCodeIsTheCode(page)
  await rich.getByRole('button', {name: 'Copy code'}).click()
  await rich.getByRole('button', {name: 'Copied'}).waitFor()
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  assert.equal(await clipboard(), 'const a = 1 < 2 && "x"\nreturn a')
  const copy = rich.locator('footer keyswitch-copy').getByRole('button')
  await copy.click()
  await rich.locator('footer').getByRole('button', {name: 'Copied'}).waitFor()
  assert.match(await clipboard(), /^# A heading/)
  // Where a page may not use the clipboard, the older way does.
  await page.evaluate(() => navigator.clipboard.writeText('something else'))
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))))
  await rich.getByRole('button', {name: 'Copy the answer'}).waitFor()
  await copy.click()
  await rich.locator('footer').getByRole('button', {name: 'Copied'}).waitFor()
  assert.match(await clipboard(), /^# A heading/)
  await composer.getByRole('button', {name: 'Send'}).waitFor()
  await person.seesTheEnd()
  await accessible(page, 'markdown')
  await page.screenshot({path: screenshots + '/markdown.png'})

  // While it comes, piece by piece, it looks as it does in the end.
  await write('markdown, then nothing')
  const growing = page.locator('keyswitch-message').last()
  await growing.getByText('The end of it').waitFor()
  const looks = () => growing.locator('.content').evaluate((one) => one.innerHTML.replace(/<!--.*?-->/g, ''))
  const whileGrowing = await looks()
  await composer.getByRole('button', {name: 'Stop the answer'}).click()
  await page.getByText('Stopped.').last().waitFor()
  assert.equal(await looks(), whileGrowing)

  // By keyboard alone: a new line, a new chat, back to the old one, and deleting it.
  await person.field.focus()
  await page.keyboard.type('first line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('second line')
  assert.equal(await person.field.inputValue(), 'first line\nsecond line')
  await page.keyboard.press('Enter')
  await content.getByText('heard: first line').waitFor()
  await composer.getByRole('button', {name: 'Send'}).waitFor()
  await page.getByRole('button', {name: 'New chat'}).focus()
  await page.keyboard.press('Enter')
  await page.getByText('What would you like to talk about?').waitFor()
  await page.keyboard.type('typed at once')
  await page.keyboard.press('Enter')
  await content.getByText('heard: typed at once').waitFor()
  const threads = page.locator('keyswitch-threads')
  await threads.getByRole('button', {name: 'stream', exact: true}).focus()
  await page.keyboard.press('Enter')
  await content.getByText('heard: first line').waitFor()
  await threads.getByRole('button', {name: 'Delete “stream”'}).focus()
  await page.keyboard.press('Enter')
  await accessible(page, 'deleting a chat')
  const focused = (one) => one.evaluate((element) => element.getRootNode().activeElement === element)
  assert.equal(await focused(threads.getByRole('button', {name: 'Keep'})), true)
  await page.keyboard.press('Escape')
  assert.equal(await focused(threads.getByRole('button', {name: 'stream', exact: true})), true)
  await threads.getByRole('button', {name: 'Delete “stream”'}).focus()
  await page.keyboard.press('Enter')
  // What could not be deleted is said to be there.
  await page.route('**/deleteThread', (route) => route.abort())
  await threads.getByRole('button', {name: 'Delete', exact: true}).focus()
  await page.keyboard.press('Enter')
  await threads.getByText('It was not deleted. Keyswitch cannot be reached.').waitFor()
  await page.unroute('**/deleteThread')
  await page.keyboard.press('Enter')
  await page.getByText('What would you like to talk about?').waitFor()
  assert.equal(await threads.getByRole('button', {name: 'stream', exact: true}).count(), 0)

  // A slow network: something that stands for what is to come.
  await page.route('**/getThread', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700))
    await route.continue()
  })
  await threads.getByRole('button', {name: 'typed at once', exact: true}).click()
  await page.getByRole('status', {name: 'Loading the conversation'}).waitFor()
  assert.equal(await page.locator('.skeleton').first().evaluate((one) => getComputedStyle(one).animationName), 'none')
  await content.getByText('heard: typed at once').waitFor()
  await page.unroute('**/getThread')

  // A thousand messages: what is new is drawn, and nothing else.
  const token = await page.evaluate(() => document.querySelector('keyswitch-chat').getToken())
  const sayBesides = async (threadId, message) => {
    const response = await fetch(url + 'sendChatMessage', {
      method: 'POST',
      headers: {'Content-Type': 'application/json', Authorization: 'Bearer ' + token},
      body: JSON.stringify({data: {threadId, message}}),
    })
    assert.equal(response.status, 200)
  }
  for (let turn = 0; turn < 500; turn++) {
    await sayBesides('long', turn === 0 ? 'the first of all' : 'which model am I using?')
  }
  await page.goto(url + '#/chat/long')
  await page.reload()
  const earlier = page.getByRole('button', {name: 'Earlier messages'})
  await earlier.waitFor()
  // What cannot be read just now is said, and can be tried again.
  await page.route('**/getThread', (route) => route.abort())
  await earlier.click()
  await page.getByRole('alert').filter({hasText: 'cannot be reached'}).waitFor()
  await page.unroute('**/getThread')
  const messages = page.locator('keyswitch-message')
  for (let shown = 100; shown < 1000; shown += 100) {
    await earlier.scrollIntoViewIfNeeded()
    const read = await messages.first().elementHandle()
    const top = () => read.evaluate((one) => one.getBoundingClientRect().top)
    const before = await top()
    await earlier.click()
    await messages.nth(shown).waitFor({state: 'attached'})
    const moved = (await top()) - before
    assert.ok(Math.abs(moved) < 60, `what was being read has moved by ${moved} px`)
  }
  assert.equal(await page.locator('keyswitch-message').count(), 1000)
  await said('the first of all').waitFor()
  await page.evaluate(() => {
    const prototype = customElements.get('keyswitch-message').prototype
    const render = prototype.render
    globalThis.drawn = new Set()
    prototype.render = function () {
      globalThis.drawn.add(this)
      return render.call(this)
    }
  })
  await write('stream')
  await content.getByText('word-9').waitFor()
  assert.equal(await page.evaluate(() => globalThis.drawn.size), 2)
  await person.seesTheEnd()

  // Whoever reads further up is left there.
  await composer.getByRole('button', {name: 'Send'}).waitFor()
  await write('slowly, once more')
  await content.getByText('step-0').last().waitFor()
  await page.mouse.move(800, 400)
  await page.mouse.wheel(0, -600)
  await content.getByText('step-5').last().waitFor({state: 'attached'})
  await composer.getByRole('button', {name: 'Send'}).waitFor()
  const below = await page.evaluate(() => {
    const log = document.querySelector('keyswitch-chat').shadowRoot.querySelector('keyswitch-log').shadowRoot.querySelector('.scroller')
    return log.scrollHeight - log.scrollTop - log.clientHeight
  })
  assert.ok(below > 300, `only ${below} px below`)
  await accessible(page, 'reading further up')
  await page.getByRole('button', {name: 'To the last message'}).click()
  await person.seesTheEnd()
  await page.getByRole('button', {name: 'To the last message'}).waitFor({state: 'detached'})

  // More chats than a list begins with; those that were called for stay when something new is said.
  for (let thread = 0; thread < 60; thread++) await sayBesides('one of many ' + thread, 'which model am I using?')
  await page.reload()
  const titles = threads.locator('.open')
  const older = threads.getByRole('button', {name: 'Older chats'})
  await older.waitFor()
  assert.equal(await titles.count(), 50)
  await page.route('**/listThreads', (route) => route.abort())
  await older.click()
  await threads.getByRole('alert').filter({hasText: 'cannot be reached'}).waitFor()
  await page.unroute('**/listThreads')
  await older.click()
  await titles.nth(60).waitFor()
  const many = await titles.count()
  await titles.last().click()
  await write('and once more, after long')
  await content.getByText('heard: and once more, after long').waitFor()
  await composer.getByRole('button', {name: 'Send'}).waitFor()
  await page.waitForFunction(() => {
    const list = document.querySelector('keyswitch-chat').shadowRoot.querySelector('keyswitch-threads').shadowRoot
    return list.querySelector('li').classList.contains('current')
  })
  assert.equal(await titles.count(), many)

  // Stopped while a key is on its way: the next one is hidden as well.
  await write('switch to claude, claude-sonnet-5-5')
  await person.secret.waitFor()
  await page.route('**/sendChatMessage', () => undefined)
  await person.secret.fill('a-key-on-its-way-1234')
  await person.secret.press('Enter')
  await composer.getByRole('button', {name: 'Stop the answer'}).click()
  await person.secret.waitFor()
  await page.unroute('**/sendChatMessage')
  await composer.getByRole('button', {name: 'Cancel'}).click()
  await composer.getByRole('button', {name: 'Cancel'}).waitFor({state: 'detached'})

  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({colorScheme})
    await page.setViewportSize({width: 360, height: 640})
    await page.goto(url + '#/chat/')
    await page.reload()
    await write('markdown')
    await page.getByRole('heading', {name: 'A heading'}).waitFor()
    await composer.getByRole('button', {name: 'Send'}).waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    await accessible(page, 'phone, ' + colorScheme)
    await page.screenshot({path: `${screenshots}/phone-${colorScheme}.png`})
    await write('switch to claude, claude-sonnet-5-5')
    await person.secret.waitFor()
    await accessible(page, 'key step, ' + colorScheme)
  }
  const expected = /ERR_FAILED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|status of 404|status of 503/
  assert.deepEqual(problems.filter((problem) => !expected.test(problem)), [])
} finally {
  await browser.close()
}

/** Whatever the code and its language: in colours, it is the same code. */
async function colouredCodeIsTheCode(page) {
  const codes = ['', '\n', 'const 😀 = "é" + `${a}`\n\n', '+ more\n- less\r\n', '<b onclick="x">\u0301</b>', "'''\n\t'"]
  const different = await page.evaluate(async (codes) => {
    const block = document.body.appendChild(document.createElement('keyswitch-code'))
    const found = []
    for (const language of ['js', 'TSX', 'diff', 'html', 'python', 'constructor', '__proto__', '']) {
      for (const code of codes) {
        Object.assign(block, {code, language})
        await block.updateComplete
        if (block.shadowRoot.querySelector('code').textContent !== code) found.push({language, code})
      }
    }
    block.remove()
    return found
  }, codes)
  assert.deepEqual(different, [])
}
