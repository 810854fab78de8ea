import type {Labels} from '../language/labels.js'

/** What Keyswitch stores in place of a message, or of a key in it. */
const NOT_STORED = '[message not stored: it may have held an API key]'
const KEY = /\[API key ending ([\x21-\x7e]{4})\]/g

/** Whether keys were removed from a user's message before it was stored. */
export function hasRemovedKeys(content: string): boolean {
  return content === NOT_STORED || content.search(KEY) !== -1
}

/** A user's message as stored, with what stands for removed keys in the language of the labels. */
export function withoutKeys(content: string, labels: Labels['message']): string {
  return content === NOT_STORED ? labels.notStored : content.replace(KEY, (_, hint: string) => labels.keyEnding(hint))
}
