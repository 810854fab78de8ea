import type {Sentence} from './language/labels.js'

/** What a list goes on with, a page at a time. */
export interface More {
  readonly token: string
  readonly loading: boolean
  /** Why it could not be read; null if it could. */
  readonly problem: Sentence | null
}

/** What comes behind a page; null if it is the last. */
export function moreThan(page: {readonly nextPageToken?: string}): More | null {
  return page.nextPageToken === undefined ? null : {token: page.nextPageToken, loading: false, problem: null}
}
