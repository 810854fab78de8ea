/** Chat and model settings for Keyswitch, as two web components. */
export {KeyswitchChat, OPEN_SETTINGS, THREAD_CHANGED} from './chat/chat.js'
export {CallError, Client, Unreachable, type TokenSource} from './client.js'
export {CONFIG_CHANGED} from './connection.js'
export type {LabelOverrides, Labels} from './language/labels.js'
export type * from './protocol.js'
export {KeyswitchSettings} from './settings/settings.js'
