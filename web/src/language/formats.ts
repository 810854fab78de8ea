/** Writes dates, numbers and plurals as readers of a language do. */
export class Formats {
  private numbers: Intl.NumberFormat | undefined
  private compactNumbers: Intl.NumberFormat | undefined
  private moments: Intl.DateTimeFormat | undefined
  private rules: Intl.PluralRules | undefined

  constructor(private readonly language: string) {}

  number(value: number): string {
    this.numbers ??= new Intl.NumberFormat(this.locale)
    return this.numbers.format(value)
  }

  /** With three digits: 128K, which is 12.8 of the next unit in languages that count in ten thousands. */
  compact(value: number): string {
    this.compactNumbers ??= new Intl.NumberFormat(this.locale, {notation: 'compact', maximumSignificantDigits: 3})
    return this.compactNumbers.format(value)
  }

  /** The form of a phrase for a number, by the plural rules of the language; `other` where a form is not given. */
  plural(value: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & {readonly other: string}): string {
    this.rules ??= new Intl.PluralRules(this.language)
    return forms[this.rules.select(value)] ?? forms.other
  }

  /** A date with its time. */
  moment(value: Date): string {
    this.moments ??= new Intl.DateTimeFormat(this.locale, {dateStyle: 'medium', timeStyle: 'short'})
    return this.moments.format(value)
  }

  /** The reader's own variant of the language if the browser names one: British dates differ from American ones. */
  private get locale(): string {
    const variants = (one: string) => one === this.language || one.startsWith(this.language + '-')
    return navigator.languages.find(variants) ?? this.language
  }
}
