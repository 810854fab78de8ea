import {Kept} from './kept.js'

/** What was begun and not sent. Never a key: the composer leaves out what is hidden. */
export const drafts = new Kept<string>('keyswitch-drafts')
