import {longestPrefix} from '../language/tags.js'
import {PAGE_LABELS} from './labels.js'

/** The language of the page: that of `?lang=` in its address, or the first of the browser's that has labels, or English. */
export function preferredLanguage(query: string, browser: readonly string[]): string {
  const tags = [new URLSearchParams(query).get('lang') ?? '', ...browser]
  const languages = tags.map((tag) => longestPrefix(tag, (prefix) => Object.hasOwn(PAGE_LABELS, prefix)))
  return languages.find((language) => language !== undefined) ?? 'en'
}
