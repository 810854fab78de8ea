import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('en')

export const en: Labels = {
  common: {
    loading: 'Loading…',
    tryAgain: 'Try again',
    tryNow: 'Try now',
    tryingAgain: (problem) => `${problem} Trying again…`,
  },

  chat: {
    region: 'Chat',
    loading: 'Loading the conversation',
    note: 'Models make mistakes. Your API keys are never shown to them.',
    placeholder: 'Write a message',
    placeholderSignedOut: 'Sign in to write a message',
    closeThreads: 'Close the list',
    yourModel: 'Your model:',
    chooseModel: 'Choose a model',
  },

  welcome: {
    title: 'What would you like to talk about?',
    invitation:
      'Chat with any model you like, using the default key or your own. Change models at any time: just say so.',
    suggestions: [
      'I want to change my model',
      'Which model am I using?',
      'Use Claude with my own key',
      'Write a small program in Python',
    ],
    signedOutTitle: 'You are not signed in',
    signedOut: 'Sign in to see your chats and your model.',
    goneTitle: 'Chat not found',
    gone: 'It was deleted or belongs to another account. Your next message will start a new chat.',
  },

  threads: {
    list: 'Your chats',
    loading: 'Loading your chats',
    create: 'New chat',
    older: 'Older chats',
    delete: (title) => `Delete “${title}”`,
    confirmLabel: 'Delete this chat?',
    confirm: 'Delete this chat for good?',
    confirmYes: 'Delete',
    notDeleted: (problem) => `It was not deleted. ${problem}`,
  },

  log: {
    conversation: 'Conversation',
    earlier: 'Earlier messages',
    toEnd: 'To the last message',
  },

  message: {
    user: 'You:',
    keyEnding: (hint) => `[API key ending ${hint}]`,
    notStored: '[Not stored: it may have held an API key]',
    assistant: 'Answer:',
    waiting: 'Waiting for the answer',
    copy: 'Copy the answer',
    copyOwn: 'Copy your message',
    keyswitch: 'Keyswitch',
    stopped: 'Stopped.',
    incomplete: 'This answer is incomplete.',
    unanswered: 'This message was not answered.',
    reconnecting: 'The connection was lost. Trying again…',
  },

  composer: {
    message: 'Message',
    key: 'API key',
    keyPlaceholder: 'Paste your API key',
    hidden: 'Hidden while you type, and kept out of the conversation.',
    looksLikeKey: 'This looks like an API key, so it is hidden and will not be stored.',
    send: 'Send',
    stop: 'Stop the answer',
    answers: 'Answers to choose from',
    suggestions: 'Suggestions',
    back: 'Back',
    cancel: 'Cancel',
  },

  markdown: {
    table: 'Table',
    picture: 'picture',
    copyCode: 'Copy code',
  },

  copy: {
    copy: 'Copy',
    copied: 'Copied',
    blocked: 'The browser blocked copying. Select the text instead.',
  },

  dialog: {
    keep: 'Keep',
  },

  key: {
    own: 'your key',
    ownEnding: (hint) => `your key ••••${hint}`,
    project: 'default key',
  },

  payer: {
    own: (hint) => `You pay, with your own key ••••${hint}.`,
    app: 'The app pays, with the default key.',
  },

  settings: {
    loading: 'Loading the settings',
    signedOutTitle: 'You are not signed in.',
    signedOut: 'Sign in to set up your model and your key.',
    change: 'Change it',
    provider: 'Provider',
    defaultOrOwnKey: 'Default key or your own',
    ownKey: 'Your own key',
    inUse: 'in use',
    keys: 'Your keys',
    keysHelp: 'One for each provider, stored encrypted. Changing your model keeps them.',
    threadModels: 'Chats with a model of their own',
    tokens: 'Personal tokens',
    tokensHelp:
      'For programs that speak OpenAI’s protocol: they send the token in place of an API key, and your model answers.',
  },

  currentModel: {
    region: 'Your model now',
    messagesGoTo: 'Your messages go to',
    none: 'No model yet',
    chooseOne: 'Choose one below.',
    toDefault: 'Back to default',
    confirmLabel: 'Are you sure?',
    defaultAnswers: 'The default model will answer from now on.',
    noneAnswers: 'No model will answer until you choose one.',
    deleted: 'Done. The default is in use again.',
  },

  choice: {
    whoPays: 'Who pays',
    defaultKey: 'Default key',
    defaultKeyDetail: 'The app pays, with a daily allowance',
    ownKey: 'Your own key',
    ownKeyDetail: 'You pay your provider, and its limits apply',
    key: (provider) => `${provider} API key`,
    keyStored: (hint) => `Stored: ••••${hint}. Leave empty to keep it`,
    keyBegins: (prefix) => `Begins with ${prefix}`,
    keyPlaceholder: 'Paste your key',
    keyHelp: (provider) => `Stored encrypted, used for ${provider} alone, and never shown again.`,
    getKey: 'Get a key',
    save: 'Save',
    checkAndSave: 'Check and save',
    checking: 'Checking…',
    saved: (warning) => `Saved. ${warning}`,
    answersNow: (provider, modelId, payer) => `${provider} answers now, with ${modelId}. ${payer}`,
    stillHere: (problem) => `${problem} What you typed is still here.`,
    accountId: 'account ID',
    accountMissing: (label) => `Please enter your ${label}.`,
    accountWrong: (label) => `This does not look like your ${label}. Please check it.`,
    keyMissing: (provider) => `Please paste your ${provider} API key.`,
    modelMissing: 'Please choose a model, or type its ID.',
  },

  modelField: {
    label: 'Model',
    example: (modelId) => `For example ${modelId}`,
    all: 'All models',
    suggestions: 'Suggestions',
    looking: 'Looking up the models…',
    any: 'You can type any model ID.',
    noneListed: 'The provider lists no models. You can type any model ID.',
    notListed: 'The models cannot be listed right now. You can type any model ID.',
    listed: (count, key) => {
      const whose = {given: 'your key', stored: 'your stored key', project: 'the default key'}[key]
      const models = `${formats.number(count)} ${formats.plural(count, {one: 'model', other: 'models'})}`
      return `${models} for ${whose}. You can also type any other ID.`
    },
    contextWindow: (tokens) => `${formats.compact(tokens)} tokens`,
  },

  keys: {
    list: 'Your keys',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = formats.plural(threads, {
        one: '1 chat with a model of its own',
        other: `${formats.number(threads)} chats with models of their own`,
      })
      if (byDefault) return threads > 0 ? `In use, and in ${chats}.` : 'In use.'
      return threads > 0 ? `In use in ${chats}.` : 'Not in use.'
    },
    saved: (at) => `Saved ${formats.moment(at)}.`,
    verdict: (word) =>
      ({
        invalid: 'Its provider did not accept it at the last check.',
        unknown_account: 'Its provider did not know its account at the last check.',
        no_credit: 'Its account had no credit at the last check.',
        unreachable: 'Not checked yet: its provider could not be reached.',
        key_leaked: 'Its provider has blocked it because it was leaked. Please create a new one there.',
        key_expired: 'It has expired. Please create a new one at its provider.',
        account_suspended: 'Its provider has suspended it or its account. Your account there says why.',
        key_restricted: 'Restrictions set at its provider forbid its use here. Please change them there.',
        api_disabled: 'The API of its provider is not enabled for its project. Please enable it there.',
        region: 'Its provider does not serve the place where this server runs.',
      })[word] ?? '',
    delete: 'Delete',
    deleteNamed: (provider) => `Delete the ${provider} key`,
    confirmLabel: (provider) => `Delete the ${provider} key?`,
    confirmYes: 'Delete for good',
    consequence: 'Chats that use it go back to the default.',
  },

  threadModels: {
    list: 'Chats with a model of their own',
    untitled: 'New chat',
    likeOthers: 'Use the usual model',
    likeOthersNamed: (title) => `Use the usual model in ${title}`,
  },

  tokens: {
    baseUrl: 'Base URL',
    list: 'Your tokens',
    name: 'Name of the token',
    namePlaceholder: 'What is it for? For example: my editor',
    create: 'Create token',
    copyNow: 'Copy the token now:',
    shownOnce: 'it is not shown again.',
    done: 'Done',
    made: (created) => `Created ${formats.moment(created)}`,
    revoke: 'Revoke',
    revokeNamed: (name) => `Revoke ${name}`,
    confirmLabel: (name) => `Revoke ${name}?`,
    confirmYes: 'Revoke for good',
  },

  connection: {
    unreachable: 'Keyswitch cannot be reached.',
    broken: 'The connection broke.',
    timeout: 'The connection timed out.',
    unreadable: 'Keyswitch sent a response that cannot be read.',
    signInFails: 'Signing in is not working right now.',
    signInRefused: 'Your sign-in is not accepted. Please sign in again.',
    signedOut: 'You are not signed in. Please sign in.',
    otherUser: 'Another user has signed in. Please try again.',
    unknown: 'Something went wrong. Please try again.',
  },
}
