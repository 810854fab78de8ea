/** What Keyswitch's functions take and give, as docs/callables.md describes it. */

export type KeySource = 'own' | 'project'

/** The provider of Keyswitch's own answers. */
export const KEYSWITCH = 'keyswitch'

/** Who answered, and whose key paid. */
export interface ServedBy {
  readonly provider: string
  readonly modelId: string
  readonly keySource: KeySource
}

export interface FlowOption {
  readonly value: string
  readonly label: string
}

/** A request that a message may have made: what to show on a button, and what to send when it is chosen. */
export interface Suggestion {
  readonly label: string
  readonly message: string
}

/** The question of the model-change flow that is open. */
export interface Flow {
  readonly step: string
  readonly secret: boolean
  readonly options: readonly FlowOption[]
}

export interface StoredMessage {
  readonly role: 'user' | 'assistant'
  readonly content: string
  readonly timestamp: string
  readonly status: 'complete' | 'incomplete' | 'streaming'
  readonly servedBy?: ServedBy
  /** With it, a user's message can be sent again. */
  readonly clientMessageId?: string
}

export interface ThreadPage {
  readonly threadId: string
  readonly messages: readonly StoredMessage[]
  readonly flow?: Flow
  readonly nextPageToken?: string
}

export interface ThreadSummary {
  readonly threadId: string
  readonly title: string
  readonly messageCount: number
  readonly updatedAt: string
}

export interface ThreadList {
  readonly threads: readonly ThreadSummary[]
  readonly nextPageToken?: string
}

export interface SentMessage {
  readonly threadId: string
  readonly message: string
  /** Makes sending it again harmless. */
  readonly clientMessageId: string
  /** Typed into a password field: nothing of it is kept. */
  readonly secret: boolean
}

export interface Answer {
  readonly threadId: string
  readonly message: {readonly content: string; readonly timestamp: string}
  readonly servedBy: ServedBy
  readonly flow?: Flow
  readonly suggestions?: readonly Suggestion[]
  /** Takes the place of the user's message, if keys were taken out of it. */
  readonly storedAs?: string
}

export interface Provider {
  readonly id: string
  readonly displayName: string
  readonly defaultModelId: string
  /** Whether the operator has a key for it. */
  readonly projectKey: boolean
  readonly accountId?: {readonly label: string; readonly pattern: string; readonly help: string}
  /** Whose keys it takes. */
  readonly keyName: string
  readonly keyHelpUrl?: string
  readonly keyPrefixHint?: string
}

/** What answers a user who has chosen nothing. */
export interface DefaultModel {
  readonly provider: string
  readonly modelId: string
  readonly displayName: string
}

export interface Offer {
  readonly providers: readonly Provider[]
  /** Absent if the operator pays for nothing. */
  readonly defaultModel?: DefaultModel
}

export interface ModelConfig {
  readonly provider: string
  readonly modelId: string
  readonly displayName: string
  readonly keySource: KeySource
  readonly keyHint?: string
  readonly accountId?: string
  /** Whether it is a thread's own, or that of all threads without one. */
  readonly scope?: 'thread' | 'default'
  readonly updatedAt?: string
}

/** A key that is stored; the key itself is never given back. */
export interface StoredKey {
  readonly provider: string
  readonly displayName: string
  /** Its last characters. */
  readonly keyHint: string
  readonly accountId?: string
  readonly savedAt: string
  readonly checkedAt: string
  /** What its last check said; absent if that is not known. */
  readonly verdict?: string
}

/** The model of a thread that has one of its own. */
export interface ThreadModel {
  readonly threadId: string
  /** Empty if the thread has no message yet. */
  readonly title: string
  readonly provider: string
  readonly modelId: string
  readonly displayName: string
  readonly keySource: KeySource
  readonly updatedAt: string
}

export interface ModelChoice {
  readonly provider: string
  readonly modelId: string
  readonly apiKey?: string
  readonly accountId?: string
  readonly useProjectKey?: boolean
}

export interface ModelChoiceResult extends ModelConfig {
  readonly success: true
  /** What the check left to say, though the choice is in use. */
  readonly warning?: string
}

export interface ListedModel {
  readonly id: string
  readonly displayName?: string
  /** In tokens. */
  readonly contextWindow?: number
}

export interface ModelList {
  readonly models: readonly ListedModel[]
  readonly source: 'given' | 'stored' | 'project' | 'registry'
}

export interface PersonalToken {
  readonly id: string
  readonly name: string
  readonly createdAt: string
}
