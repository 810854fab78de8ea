/** Keys are longer than what follows a prefix in prose. */
const LEAST_BEHIND_PREFIX = 12

/** What is announced as a key needs no prefix, but to be one long piece of digits and letters. */
const ANNOUNCED = /\b(?:keys?|tokens?|secrets?)\b\W{0,8}(?:is\W{1,4})?(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{20,}/i

/** Whether a text seems to hold an API key. */
export function looksLikeKey(text: string, prefixes: readonly string[]): boolean {
  const begins = (word: string, prefix: string) =>
    word.startsWith(prefix) && word.length >= prefix.length + LEAST_BEHIND_PREFIX
  return ANNOUNCED.test(text) || text.split(/\s+/).some((word) => prefixes.some((prefix) => begins(word, prefix)))
}
