// The plugin gemini-flash, as a Cloudflare Worker: POST /invoke with {prompt, system?, max_tokens?} answers
// {text, model, quota}. Only Keyswitch may call: it shows the internal token.
import {DurableObject} from 'cloudflare:workers'

const MAX_BODY_BYTES = 300 * 1024
const MAX_TOKENS = 8192
const DAILY_LIMITS = {free: 100, standard: 1000, premium: 10000}

export default {
  async fetch(request, env) {
    try {
      return await answer(request, env)
    } catch (failure) {
      if (failure instanceof Refusal) return refuse(failure.status, failure.message, failure.quota)
      // The name alone: messages may quote what was sent, and with it a key.
      console.error('the call failed:', failure?.name)
      return refuse(502, 'The model could not be reached')
    }
  },
}

/** Counts the calls of one user that the worker's own key pays for. One object a user, so that none is counted twice. */
export class Quota extends DurableObject {
  /** Takes one call, if there is one left, and says how many there are. */
  async take(limit) {
    const state = await this.#today()
    if (state.used >= limit) return {allowed: false, quota: quota(limit, state)}
    const taken = {...state, used: state.used + 1}
    await this.ctx.storage.put('state', taken)
    return {allowed: true, quota: quota(limit, taken)}
  }

  /** Gives a call back that came to nothing. */
  async giveBack() {
    const state = await this.#today()
    await this.ctx.storage.put('state', {...state, used: Math.max(0, state.used - 1)})
  }

  async look(limit) {
    return quota(limit, await this.#today())
  }

  async #today() {
    const day = new Date().toISOString().slice(0, 10)
    const stored = await this.ctx.storage.get('state')
    return stored?.day === day ? stored : {day, used: 0}
  }
}

function quota(limit, {day, used}) {
  const resets = new Date(`${day}T00:00:00Z`)
  resets.setUTCDate(resets.getUTCDate() + 1)
  return {limit, used, remaining: Math.max(0, limit - used), resets_at: resets.toISOString()}
}

async function answer(request, env) {
  if (new URL(request.url).pathname !== '/invoke') throw new Refusal(404, 'Not found')
  if (request.method !== 'POST') throw new Refusal(405, 'Method not allowed')
  if (!(await isKeyswitch(request, env))) throw new Refusal(401, 'Unauthorized')
  const caller = callerOf(request)
  const {key, ...params} = paramsOf(await request.text())
  if (key) {
    // Who pays for themselves uses nothing up.
    const text = await generate(env, key, params, new Refusal(400, 'Gemini does not accept your API key'))
    return Response.json({text, model: env.MODEL, quota: await quotaOf(caller, env).look(caller.limit)})
  }
  return await onTheWorkersKey(env, caller, params)
}

async function onTheWorkersKey(env, caller, params) {
  const counter = quotaOf(caller, env)
  const taken = await counter.take(caller.limit)
  if (!taken.allowed) throw new Refusal(429, 'Daily quota exceeded', taken.quota)
  try {
    const text = await generate(env, env.GEMINI_API_KEY, params, new Refusal(500, 'The plugin is not set up correctly'))
    return Response.json({text, model: env.MODEL, quota: taken.quota})
  } catch (failure) {
    await counter.giveBack()
    throw failure
  }
}

/** Compares digests, so that the time it takes tells nothing of the token. */
async function isKeyswitch(request, env) {
  const shown = request.headers.get('Authorization') ?? ''
  const [a, b] = await Promise.all([digest(shown), digest(`Bearer ${env.SWARMSPACE_INTERNAL_TOKEN}`)])
  return Boolean(env.SWARMSPACE_INTERNAL_TOKEN) && crypto.subtle.timingSafeEqual(a, b)
}

function digest(text) {
  return crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
}

function callerOf(request) {
  const user = request.headers.get('X-SwarmSpace-User-Id')
  const limit = DAILY_LIMITS[request.headers.get('X-SwarmSpace-User-Tier')]
  if (!user || !limit) throw new Refusal(400, 'X-SwarmSpace-User-Id and X-SwarmSpace-User-Tier are required')
  return {user, limit}
}

function quotaOf(caller, env) {
  return env.QUOTA.get(env.QUOTA.idFromName(caller.user))
}

function paramsOf(body) {
  if (body.length > MAX_BODY_BYTES) throw new Refusal(413, 'The parameters are too large')
  const params = parsed(body)
  if (params === null || typeof params !== 'object' || Array.isArray(params)) {
    throw new Refusal(400, 'The parameters must be an object')
  }
  const {prompt, system = '', max_tokens: maxTokens = MAX_TOKENS, _apiKeyOverride: key} = params
  if (typeof prompt !== 'string' || prompt.trim() === '') throw new Refusal(400, 'prompt is required')
  if (typeof system !== 'string') throw new Refusal(400, 'system must be a text')
  if (!Number.isInteger(maxTokens) || maxTokens < 1 || maxTokens > MAX_TOKENS) {
    throw new Refusal(400, `max_tokens must be 1 to ${MAX_TOKENS}`)
  }
  if (key !== undefined && !(typeof key === 'string' && /^[\x21-\x7e]{8,512}$/.test(key))) {
    throw new Refusal(400, 'The API key cannot be used')
  }
  return {prompt, system, maxTokens, key}
}

function parsed(body) {
  try {
    return JSON.parse(body)
  } catch {
    throw new Refusal(400, 'The body must be JSON')
  }
}

/** Asks Gemini. The key goes in a header, never in the address; no redirect is followed with it. */
async function generate(env, key, {prompt, system, maxTokens}, keyRefused) {
  const response = await fetch(`${env.GEMINI_BASE_URL}/models/${env.MODEL}:generateContent`, {
    method: 'POST',
    redirect: 'manual',
    headers: {'Content-Type': 'application/json', 'x-goog-api-key': key},
    body: JSON.stringify({
      contents: [{role: 'user', parts: [{text: prompt}]}],
      ...(system && {systemInstruction: {parts: [{text: system}]}}),
      generationConfig: {maxOutputTokens: maxTokens},
    }),
    signal: AbortSignal.timeout(20_000),
  })
  const body = await response.json().catch(() => ({}))
  if (!response.ok) throw refusalOf(response.status, body, keyRefused)
  const parts = body.candidates?.[0]?.content?.parts ?? []
  const text = parts.filter((part) => !part.thought).map((part) => part.text ?? '').join('')
  if (text === '') throw new Refusal(502, 'The model gave no answer')
  return text
}

/** Gemini's own words go no further: they may quote what was sent. */
function refusalOf(status, body, keyRefused) {
  const reasons = (body.error?.details ?? []).map((detail) => detail.reason)
  if (status === 401 || status === 403 || reasons.includes('API_KEY_INVALID')) return keyRefused
  if (status === 429) return new Refusal(503, 'The model has too many requests right now')
  return new Refusal(status === 400 ? 400 : 502, status === 400 ? 'Gemini did not accept the request' : 'The model failed')
}

class Refusal extends Error {
  constructor(status, message, quota) {
    super(message)
    this.status = status
    this.quota = quota
  }
}

function refuse(status, error, quota) {
  return Response.json(quota ? {error, quota} : {error}, {status})
}
