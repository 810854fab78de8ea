import {
  CallError,
  Client,
  KeyswitchChat,
  type KeyswitchEventMap,
  type KeyswitchSettings,
  type LabelOverrides,
  type ModelConfig,
  THREAD_CHANGED,
} from 'keyswitch-web'

const created = document.createElement('keyswitch-chat')
const found = document.querySelector('keyswitch-settings')

export const chat: KeyswitchChat = created
export const settings: KeyswitchSettings | null = found
export const constructed: KeyswitchChat = new KeyswitchChat()

chat.endpoint = 'https://keyswitch.example'
chat.getToken = () => 'token'
chat.getToken = async () => null
chat.getToken = null
chat.threadId = ''
chat.singleThread = true
export const labels: LabelOverrides = {chat: {placeholder: 'Dear diary'}}
chat.labels = labels
chat.focus()

chat.addEventListener('keyswitch-thread-changed', (event) => show(event.detail.threadId))
// The events bubble.
document.addEventListener('keyswitch-thread-changed', (event) => show(event.detail.threadId))
addEventListener('keyswitch-thread-changed', (event) => show(event.detail.threadId))
chat.addEventListener(THREAD_CHANGED, ({detail}) => show(detail.threadId))
chat.addEventListener('keyswitch-open-settings', (event: KeyswitchEventMap['keyswitch-open-settings']) => event.detail)

function show(threadId: string | null): void {
  chat.threadId = threadId ?? ''
}

export async function modelId(client = new Client('', async () => 'token', () => 'de')): Promise<string> {
  try {
    return (await client.call<ModelConfig>('getUserModelConfig')).modelId
  } catch (failure) {
    return failure instanceof CallError ? failure.reason : ''
  }
}

// @ts-expect-error: unknown property
chat.unknown = ''
// @ts-expect-error: not a part of the public API
chat.conversation
// @ts-expect-error: the list of threads belongs to the chat
found?.singleThread
// @ts-expect-error: a token, not a function that returns it
chat.getToken = 'token'
// @ts-expect-error: a number is no token
chat.getToken = async () => 1
// @ts-expect-error: unknown label
chat.labels = {chat: {placeholders: ''}}
// @ts-expect-error: the id may be null
chat.addEventListener('keyswitch-thread-changed', (event) => event.detail.threadId.length)
// @ts-expect-error: unknown detail
chat.addEventListener('keyswitch-thread-changed', (event) => event.detail.thread)
// @ts-expect-error: another detail
chat.addEventListener('keyswitch-thread-changed', (event: CustomEvent<number>) => event.detail)
