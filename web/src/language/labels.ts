/**
 * Everything the components say to a user, in one language. Strings are shown as they are; functions take what
 * differs and take care of plurals, dates and numbers.
 */
export interface Labels {
  /** What several components say. */
  readonly common: {
    readonly loading: string
    readonly tryAgain: string
    /** Ends a wait for the next attempt. */
    readonly tryNow: string
    /** A problem that is tried again by itself. */
    readonly tryingAgain: (problem: string) => string
  }

  /** The frame of `<keyswitch-chat>`. */
  readonly chat: {
    readonly region: string
    readonly loading: string
    readonly note: string
    readonly placeholder: string
    readonly placeholderSignedOut: string
    readonly closeThreads: string
    /** Before the name of the model, for those who cannot see where it stands. */
    readonly yourModel: string
    readonly chooseModel: string
  }

  /** A chat without messages. */
  readonly welcome: {
    readonly title: string
    readonly invitation: string
    /** Messages to try. They are sent as they stand here, so Keyswitch must understand them. */
    readonly suggestions: readonly string[]
    readonly signedOutTitle: string
    readonly signedOut: string
    readonly goneTitle: string
    readonly gone: string
  }

  /** The list of chats. */
  readonly threads: {
    readonly list: string
    readonly loading: string
    readonly create: string
    readonly older: string
    readonly delete: (title: string) => string
    readonly confirmLabel: string
    readonly confirm: string
    readonly confirmYes: string
    readonly notDeleted: (problem: string) => string
  }

  /** The messages of a chat. */
  readonly log: {
    readonly conversation: string
    readonly earlier: string
    readonly toEnd: string
  }

  readonly message: {
    /** Before what the user said, for those who cannot see where it stands. */
    readonly user: string
    /** Stands for an API key that was removed from a message. */
    readonly keyEnding: (hint: string) => string
    /** Stands for a message that was not stored. */
    readonly notStored: string
    /** The same before an answer. */
    readonly assistant: string
    readonly waiting: string
    readonly copy: string
    readonly copyOwn: string
    /** Who gave an answer that no model gave. */
    readonly keyswitch: string
    readonly stopped: string
    readonly incomplete: string
    readonly unanswered: string
    readonly reconnecting: string
  }

  /** Where the user writes. */
  readonly composer: {
    readonly message: string
    readonly key: string
    readonly keyPlaceholder: string
    /** A key is asked for. */
    readonly hidden: string
    /** Nobody asked for one. */
    readonly looksLikeKey: string
    readonly send: string
    readonly stop: string
    readonly answers: string
    /** What the last message may have asked for. */
    readonly suggestions: string
    readonly back: string
    readonly cancel: string
  }

  /** What a model's Markdown needs beside its own words. */
  readonly markdown: {
    readonly table: string
    /** The link to a picture without a description. */
    readonly picture: string
    readonly copyCode: string
  }

  readonly copy: {
    readonly copy: string
    readonly copied: string
    readonly blocked: string
  }

  /** The question before something is deleted. */
  readonly dialog: {
    readonly keep: string
  }

  /** Whose key is used, in a few words. */
  readonly key: {
    readonly own: string
    readonly ownEnding: (hint: string) => string
    readonly project: string
  }

  /** Who pays, as a sentence. */
  readonly payer: {
    readonly own: (hint: string) => string
    readonly app: string
  }

  /** The frame of `<keyswitch-settings>`. */
  readonly settings: {
    readonly loading: string
    readonly signedOutTitle: string
    /** Follows the title. */
    readonly signedOut: string
    readonly change: string
    readonly provider: string
    readonly defaultOrOwnKey: string
    readonly ownKey: string
    readonly inUse: string
    readonly keys: string
    readonly keysHelp: string
    readonly threadModels: string
    readonly tokens: string
    readonly tokensHelp: string
  }

  /** The model in use. */
  readonly currentModel: {
    readonly region: string
    readonly messagesGoTo: string
    readonly none: string
    readonly chooseOne: string
    readonly toDefault: string
    readonly confirmLabel: string
    /** What happens next, by whether there is a default model. */
    readonly defaultAnswers: string
    readonly noneAnswers: string
    readonly deleted: string
  }

  /** The form for the key and the model of a provider. */
  readonly choice: {
    readonly whoPays: string
    readonly defaultKey: string
    readonly defaultKeyDetail: string
    readonly ownKey: string
    readonly ownKeyDetail: string
    readonly key: (provider: string) => string
    readonly keyStored: (hint: string) => string
    readonly keyBegins: (prefix: string) => string
    readonly keyPlaceholder: string
    readonly keyHelp: (provider: string) => string
    readonly getKey: string
    readonly save: string
    readonly checkAndSave: string
    readonly checking: string
    /** Saved, but the check has found something. */
    readonly saved: (warning: string) => string
    /** Followed by who pays. */
    readonly answersNow: (provider: string, modelId: string, payer: string) => string
    /** Nothing was saved, and nothing that was typed is lost. */
    readonly stillHere: (problem: string) => string
    readonly accountId: string
    readonly accountMissing: (label: string) => string
    readonly accountWrong: (label: string) => string
    readonly keyMissing: (provider: string) => string
    readonly modelMissing: string
  }

  /** The field for a model id. */
  readonly modelField: {
    readonly label: string
    readonly example: (modelId: string) => string
    readonly all: string
    readonly suggestions: string
    readonly looking: string
    /** Any id can be typed, and none is suggested by the provider. */
    readonly any: string
    readonly noneListed: string
    readonly notListed: string
    /** How many models the provider lists: for the key just typed, the one stored, or the default key. */
    readonly listed: (count: number, key: 'given' | 'stored' | 'project') => string
    readonly contextWindow: (tokens: number) => string
  }

  /** The user's stored keys. */
  readonly keys: {
    readonly list: string
    readonly named: (provider: string, hint: string) => string
    /** Which chats use it: all without a model of their own, and how many of the others. */
    readonly usedBy: (byDefault: boolean, threads: number) => string
    readonly saved: (at: Date) => string
    /** What the last check said, if it was not that all is well. */
    readonly verdict: (word: string) => string
    readonly delete: string
    readonly deleteNamed: (provider: string) => string
    readonly confirmLabel: (provider: string) => string
    readonly confirmYes: string
    /** What happens to the chats that use it. */
    readonly consequence: string
  }

  /** The chats with a model of their own. */
  readonly threadModels: {
    readonly list: string
    readonly untitled: string
    readonly likeOthers: string
    readonly likeOthersNamed: (title: string) => string
  }

  /** The user's personal tokens. */
  readonly tokens: {
    /** The address for programs, as their settings call it. */
    readonly baseUrl: string
    readonly list: string
    readonly name: string
    readonly namePlaceholder: string
    readonly create: string
    readonly copyNow: string
    /** Follows the request to copy the token, in bold. */
    readonly shownOnce: string
    readonly done: string
    /** When a token was created. With the time, in which tokens of one name differ. */
    readonly made: (created: Date) => string
    readonly revoke: string
    readonly revokeNamed: (name: string) => string
    readonly confirmLabel: (name: string) => string
    readonly confirmYes: string
  }

  /** Why a call has failed. */
  readonly connection: {
    readonly unreachable: string
    readonly broken: string
    readonly timeout: string
    readonly unreadable: string
    readonly signInFails: string
    readonly signInRefused: string
    readonly signedOut: string
    readonly otherUser: string
    readonly unknown: string
  }
}

/** An app's own labels in place of single ones, by group. */
export type LabelOverrides = {readonly [Group in keyof Labels]?: Partial<Labels[Group]>}

/** A sentence that is put into words when it is shown, in the language in use then. */
export type Sentence = (labels: Labels) => string
