// Runs the example worker on the real Workers runtime until standard input ends: node worker.mjs GEMINI_BASE_URL TOKEN KEY
import {readFile} from 'node:fs/promises'
import {Miniflare} from 'miniflare'

const [geminiBaseUrl, internalToken, geminiKey] = process.argv.slice(2)
const source = new URL('../../../../examples/swarmspace-worker/', import.meta.url)
const compatibilityDate = /compatibility_date = "(.*)"/.exec(await readFile(new URL('wrangler.toml', source), 'utf8'))[1]
const worker = new Miniflare({
  modules: true,
  script: await readFile(new URL('src/worker.js', source), 'utf8'),
  compatibilityDate,
  host: '127.0.0.1',
  port: 0,
  bindings: {
    GEMINI_BASE_URL: geminiBaseUrl,
    MODEL: 'gemini-3-flash-preview',
    SWARMSPACE_INTERNAL_TOKEN: internalToken,
    GEMINI_API_KEY: geminiKey,
  },
  durableObjects: {QUOTA: {className: 'Quota', useSQLite: true}},
})
console.log(String(await worker.ready).replace(/\/$/, ''))
process.stdin.resume()
process.stdin.on('end', async () => {
  await worker.dispose()
  process.exit(0)
})
