/** The longest prefix of a language tag that is supported: `pt` for `pt-BR`; undefined if none is. */
export function longestPrefix(tag: string, isSupported: (prefix: string) => boolean): string | undefined {
  const parts = tag.toLowerCase().split('-')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-')).find(isSupported)
}

export function direction(language: string): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}
