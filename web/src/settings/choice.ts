import type {Labels, Sentence} from '../language/labels.js'
import type {KeySource, ModelChoice, ModelConfig, Provider, StoredKey} from '../protocol.js'
import {afterSaving, type Setup} from './setup.js'
import type {Question} from './suggestions.js'

/** The parts of a choice that have a field. */
export type Field = 'account' | 'key' | 'model'

/** What was chosen and typed. */
export interface Entries {
  readonly source: KeySource
  readonly accountId: string
  readonly key: string
  readonly model: string
}

/** What is wrong with what a field holds. */
export interface Mistake {
  readonly field: Field
  readonly text: Sentence
}

/** The fields that refusals are about, by reason; other refusals are about the whole. */
const FIELD_OF: Readonly<Record<string, Field>> = {
  invalid_key: 'key',
  malformed_key: 'key',
  no_stored_key: 'key',
  key_leaked: 'key',
  key_expired: 'key',
  key_restricted: 'key',
  account_suspended: 'key',
  api_disabled: 'key',
  invalid_account_id: 'account',
  key_in_model: 'model',
}

/** Enough of a key to ask the provider with; shorter ones are still being typed. */
const LEAST_KEY = 8

const LEAST_MODEL = 2

/** The field that a refusal is about; undefined if it is about the whole choice. */
export function fieldOf(reason: string): Field | undefined {
  return FIELD_OF[reason]
}

function keyOf(provider: Provider, {keys}: Setup): StoredKey | undefined {
  return keys.find((key) => key.provider === provider.id)
}

/** Key source, account id, key and model of one provider, as a user has entered them so far. Immutable. */
export class Choice {
  private constructor(
    readonly provider: Provider,
    /** What is set up beside it. */
    readonly setup: Setup,
    readonly entries: Entries,
    /** Whether something was chosen or typed that is not saved. */
    readonly touched: boolean,
  ) {}

  /** What is in use with a provider, or what is most likely wanted of it. */
  static likely(provider: Provider, setup: Setup): Choice {
    const used = setup.config?.provider === provider.id ? setup.config : null
    const stored = keyOf(provider, setup)
    const entries: Entries = {
      source: used?.keySource ?? (provider.projectKey && !stored ? 'project' : 'own'),
      accountId: stored?.accountId ?? '',
      key: '',
      model: used?.modelId ?? provider.defaultModelId,
    }
    return new Choice(provider, setup, entries, false)
  }

  /** The same with something chosen or typed. */
  enter(changes: Partial<Entries>): Choice {
    return new Choice(this.provider, this.setup, {...this.entries, ...changes}, true)
  }

  /** The same beside another setup; if nothing was entered, what is likely then. */
  beside(setup: Setup): Choice {
    return this.touched ? new Choice(this.provider, setup, this.entries, true) : Choice.likely(this.provider, setup)
  }

  /** The same once it is saved: the key is not kept here. */
  saved(config: ModelConfig): Choice {
    return new Choice(this.provider, afterSaving(this.setup, config), {...this.entries, key: ''}, false)
  }

  /** Whether something was chosen or typed here that is not in use. */
  get begun(): boolean {
    return this.touched || this.setup.config?.provider !== this.provider.id
  }

  get own(): boolean {
    return this.entries.source === 'own'
  }

  /** Whether an account id is asked for. */
  get needsAccount(): boolean {
    return this.own && Boolean(this.provider.accountId)
  }

  /** The end of this provider's stored key; empty if there is none. */
  get storedHint(): string {
    return keyOf(this.provider, this.setup)?.keyHint ?? ''
  }

  /** Whether saving keeps the stored key. */
  get keepsKey(): boolean {
    return this.entries.key === '' && this.storedHint !== ''
  }

  keyPlaceholder({choice}: Labels): string {
    if (this.storedHint) return choice.keyStored(this.storedHint)
    return this.provider.keyPrefixHint ? choice.keyBegins(this.provider.keyPrefixHint) : choice.keyPlaceholder
  }

  /** Whether a key was typed that can be asked with. */
  get givesKey(): boolean {
    return this.own && this.entries.key.trim().length >= LEAST_KEY
  }

  /** What to ask to list the models; null as long as the account id is missing or wrong. */
  get question(): Question | null {
    const {accountId, key} = this.entries
    if (this.needsAccount && !this.accountIdFits()) return null
    return {
      provider: this.provider.id,
      ...(this.givesKey && {apiKey: key}),
      ...(this.own && accountId && {accountId}),
    }
  }

  /** What must be entered or corrected before the choice can be saved; null if nothing must. */
  get missing(): Mistake | null {
    const {provider} = this
    const {accountId, key, model} = this.entries
    if (this.needsAccount) {
      const label = ({choice}: Labels) => provider.accountId?.label ?? choice.accountId
      if (!accountId) return {field: 'account', text: (labels) => labels.choice.accountMissing(label(labels))}
      if (!this.accountIdFits()) return {field: 'account', text: (labels) => labels.choice.accountWrong(label(labels))}
    }
    if (this.own && key.trim() === '' && !this.keepsKey) {
      return {field: 'key', text: ({choice}) => choice.keyMissing(provider.keyName)}
    }
    return model.trim().length < LEAST_MODEL ? {field: 'model', text: ({choice}) => choice.modelMissing} : null
  }

  private accountIdFits(): boolean {
    return new RegExp(this.provider.accountId?.pattern ?? '').test(this.entries.accountId)
  }

  /** The arguments of `updateUserModelConfig`. */
  get request(): ModelChoice {
    const {accountId, key, model} = this.entries
    const base = {provider: this.provider.id, modelId: model.trim()}
    if (!this.own) return {...base, useProjectKey: true}
    return {...base, ...(key.trim() && {apiKey: key}), ...(accountId && {accountId})}
  }
}
