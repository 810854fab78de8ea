import {Kept} from './kept.js'

/** A message that has no answer yet, or half of one. */
export interface Unanswered {
  readonly id: string
  /** What was said, for it may not have been stored; absent if it was typed as a secret. */
  readonly text?: string | undefined
  /** Whether its answer is awaited, was stopped by its user, or has failed. Only the first is asked for by itself. */
  readonly state: 'awaited' | 'stopped' | 'failed'
}

/** The last messages without an answer: with its id, one can be sent again after a reload and is answered in its place. */
export const unanswered = new Kept<Unanswered>('keyswitch-unanswered')
