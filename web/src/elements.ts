import {Chat} from './chat/chat.js'
import type {TokenSource} from './client.js'
import type {LabelOverrides} from './language/labels.js'
import {Settings} from './settings/settings.js'

/** What both components have. */
export interface KeyswitchElement extends HTMLElement {
  /** Where Keyswitch is, for instance `https://keyswitch.example`; empty for the server of the page. */
  endpoint: string

  /**
   * Gives the ID token of the signed-in user; null while nobody is signed in. Nothing is asked of Keyswitch before it is set.
   * When it is null again, or gives another user's token, what was shown is gone.
   */
  getToken: TokenSource | null

  /** Overrides of single labels, by group. Set a new object to change them. */
  labels: LabelOverrides
}

/** The user's chats: `<keyswitch-chat endpoint="https://keyswitch.example"></keyswitch-chat>`. */
export interface KeyswitchChat extends KeyswitchElement {
  /** The thread to show; empty for a new one. */
  threadId: string

  /** Leaves the list of threads out. */
  singleThread: boolean
}

/** The user's model settings: `<keyswitch-settings endpoint="https://keyswitch.example"></keyswitch-settings>`. */
export interface KeyswitchSettings extends KeyswitchElement {
  /** Marks and focuses the model of one chat, where it can be undone; does nothing if that chat has no model of its own. */
  showThread(threadId: string): Promise<void>
}

export const KeyswitchChat: new () => KeyswitchChat = Chat
export const KeyswitchSettings: new () => KeyswitchSettings = Settings

/** The events of the components, by name. They bubble, so that an ancestor, the document and the window receive them, too. */
export interface KeyswitchEventMap {
  /** The user's model config was changed or deleted. */
  'keyswitch-config-changed': CustomEvent<null>

  /** The chat shows another thread; null for a new one. */
  'keyswitch-thread-changed': CustomEvent<{readonly threadId: string | null}>

  /** The user clicked the name of the model in the chat: show your settings, and the chat's row if it has its own model. */
  'keyswitch-open-settings': CustomEvent<{readonly threadId: string | null}>
}

declare global {
  interface HTMLElementTagNameMap {
    'keyswitch-chat': KeyswitchChat
    'keyswitch-settings': KeyswitchSettings
  }

  interface GlobalEventHandlersEventMap extends KeyswitchEventMap {}
}
