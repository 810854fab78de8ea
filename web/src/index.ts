/** Chat and model settings for Keyswitch, as two web components. */
export {OPEN_SETTINGS, THREAD_CHANGED} from './chat/chat.js'
export {CallError, Client, Unreachable, type TokenSource} from './client.js'
export {CONFIG_CHANGED} from './connection.js'
export {KeyswitchChat, KeyswitchSettings, type KeyswitchElement, type KeyswitchEventMap} from './elements.js'
export type {LabelOverrides, Labels} from './language/labels.js'
export * from './protocol.js'
