import type {ModelConfig, StoredKey, ThreadModel} from '../protocol.js'

/** What a user has set up. */
export interface Setup {
  /** Null if nothing was chosen, and the default model answers. */
  readonly config: ModelConfig | null
  readonly keys: readonly StoredKey[]
  /** The threads with a model of their own. */
  readonly threads: readonly ThreadModel[]
}

export const NOTHING: Setup = {config: null, keys: [], threads: []}

/** Who uses a key: the threads without a model of their own, and how many of those with one. */
export function usersOf(
  key: StoredKey,
  {config, threads}: Setup,
): {readonly default: boolean; readonly threads: number} {
  const uses = (one: {readonly provider: string; readonly keySource: string}) =>
    one.provider === key.provider && one.keySource === 'own'
  return {default: config !== null && uses(config), threads: threads.filter(uses).length}
}

/** The setup once a choice is saved, as far as its result tells; the times of its key are not known here. */
export function afterSaving(setup: Setup, config: ModelConfig): Setup {
  if (config.keySource === 'project') return {...setup, config}
  const {provider, displayName, keyHint = '', accountId} = config
  const before = setup.keys.find((key) => key.provider === provider)
  const now = new Date().toISOString()
  const key = {savedAt: now, checkedAt: now, ...before, provider, displayName, keyHint, ...(accountId && {accountId})}
  return {...setup, config, keys: [...setup.keys.filter((one) => one !== before), key]}
}

export function sameSetup(one: Setup, other: Setup | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
