import {en} from './en.js'
import type {Labels} from './labels.js'
import {longestPrefix} from './tags.js'

/** The labels that are always there, and stand in for others. */
export const ENGLISH = 'en'

type Load = () => Promise<Labels>

/** Each language is a file of its own, loaded when it is first needed. */
export const FILES: ReadonlyMap<string, Load> = new Map([
  ['ar', async () => (await import('./ar.js')).ar],
  ['de', async () => (await import('./de.js')).de],
  ['es', async () => (await import('./es.js')).es],
  ['fr', async () => (await import('./fr.js')).fr],
  ['hi', async () => (await import('./hi.js')).hi],
  ['it', async () => (await import('./it.js')).it],
  ['ja', async () => (await import('./ja.js')).ja],
  ['ko', async () => (await import('./ko.js')).ko],
  ['pt', async () => (await import('./pt.js')).pt],
  ['ru', async () => (await import('./ru.js')).ru],
  ['zh', async () => (await import('./zh.js')).zh],
])

/** The labels of every language, each loaded once. */
export class Languages {
  private readonly loaded = new Map([[ENGLISH, en]])
  private readonly loading = new Map<string, Promise<void>>()
  private readonly failed = new Set<string>()

  /** @param changed called when a language has been loaded */
  constructor(
    private readonly files: ReadonlyMap<string, Load>,
    private readonly changed: () => void,
  ) {}

  /** The language of the longest prefix of a tag that has labels: `pt` for `pt-BR`; undefined if none has. */
  find(tag: string): string | undefined {
    return longestPrefix(tag, (prefix) => prefix === ENGLISH || this.files.has(prefix))
  }

  has(language: string): boolean {
    return this.loaded.has(language)
  }

  /** The labels of a language; the English ones until they are loaded. */
  labels(language: string): Labels {
    void this.load(language)
    return this.loaded.get(language) ?? en
  }

  /** Loads a language unless that was done or has failed. */
  load(language: string): Promise<void> {
    const loading = this.loading.get(language) ?? this.read(language)
    this.loading.set(language, loading)
    return loading
  }

  /** Lets languages that failed to load be tried again. */
  forgetFailures(): void {
    for (const language of this.failed) this.loading.delete(language)
    this.failed.clear()
  }

  private async read(language: string): Promise<void> {
    try {
      const labels = await this.files.get(language)?.()
      if (!labels) return
      this.loaded.set(language, labels)
      this.changed()
    } catch (failure) {
      this.failed.add(language)
      console.warn(`keyswitch: language ${language} not loaded:`, failure)
    }
  }
}
