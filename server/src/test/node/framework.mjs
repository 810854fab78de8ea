// A documented component of a framework, bundled: node framework.mjs DIRECTORY PAGE_URL KEYSWITCH_URL PROJECT CHROMIUM
import assert from 'node:assert/strict'
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {compileScript, parse} from 'vue/compiler-sfc'
import {build} from '../../../../web/node_modules/esbuild/lib/main.js'
import {launch, Person, tokenFor, watch} from './browser.mjs'

const [directory, url, keyswitch, project, executablePath] = process.argv.slice(2)

/** Compiles single-file components as Vue's plugin for Vite does. */
const vue = {
  name: 'vue',
  setup: ({onLoad}) => onLoad({filter: /\.vue$/}, async ({path}) => {
    const {descriptor} = parse(await readFile(path, 'utf8'), {filename: path})
    const compilerOptions = {isCustomElement: (tag) => tag.startsWith('keyswitch-')}
    const {content} = compileScript(descriptor, {id: path, inlineTemplate: true, templateOptions: {compilerOptions}})
    return {contents: content, loader: 'ts'}
  }),
}

await build({
  entryPoints: [join(directory, 'main')],
  outdir: join(directory, 'built'),
  bundle: true,
  splitting: true,
  format: 'esm',
  jsx: 'automatic',
  define: {'process.env.NODE_ENV': '"production"'},
  plugins: [vue],
  logLevel: 'error',
})
const page = '<!doctype html><html lang="de"><title>An app</title><script type="module" src="built/main.js"></script>'
await writeFile(join(directory, 'index.html'), page)

const browser = await launch(executablePath)
try {
  const page = await (await browser.newContext()).newPage()
  const problems = await watch(page, [url, keyswitch])
  await page.addInitScript((token) => (globalThis.getToken = async () => token), tokenFor('ada', project))
  await page.goto(url)
  const person = new Person(page, {send: 'Senden'})
  assert.match(await person.say('Hello'), /Groq/)
  const threadId = await page.locator('keyswitch-chat').evaluate((chat) => chat.threadId)
  assert.notEqual(threadId, '')
  assert.equal(await page.title(), threadId)
  assert.deepEqual(problems, [])
} finally {
  await browser.close()
}
