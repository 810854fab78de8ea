/** The language of the page: that of `?lang=` in its address, or the first of the browser's that has labels, or English. */
export function preferredLanguage(
  query: string,
  browser: readonly string[],
  supported: (tag: string) => string | undefined,
): string {
  const tags = [new URLSearchParams(query).get('lang') ?? '', ...browser]
  return tags.map(supported).find((language) => language !== undefined) ?? 'en'
}
