import {LitElement} from 'lit'
import type {LabelOverrides, Labels} from './labels.js'
import {ENGLISH, FILES, Languages} from './languages.js'
import {direction} from './tags.js'

/** How long the first rendering waits for labels rather than show English ones. */
const MAX_WAIT_MS = 1_000

const languages = new Languages(FILES, relabel)

/** The connected elements. */
const shown = new Set<LabelledElement>()

/** Watches the document's `lang` and `dir` attributes. A change in an app's own shadow root counts at the next update. */
let observer: MutationObserver | undefined

/** The labels of a language with overrides, by the overrides. */
const overridden = new WeakMap<LabelOverrides, {readonly of: Labels; readonly labels: Labels}>()

/** An element that shows labels, and updates when they may have changed. */
export abstract class LabelledElement extends LitElement {
  override connectedCallback(): void {
    super.connectedCallback()
    if (!(hostOf(this) instanceof LabelledElement)) languages.forgetFailures()
    observer ??= new MutationObserver(() => {
      languages.forgetFailures()
      relabel()
    })
    if (shown.size === 0) observer.observe(document, {attributeFilter: ['lang', 'dir'], subtree: true})
    shown.add(this)
    // It may have moved to a place with another language.
    if (this.hasUpdated) this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    shown.delete(this)
    if (shown.size === 0) observer?.disconnect()
  }
}

/** Updates every element that shows labels. */
export function relabel(): void {
  for (const element of shown) element.requestUpdate()
}

/**
 * The labels of an element, in the language of the nearest `lang` attribute: its own, an ancestor's, or the document's. The
 * element's property `labels` overrides single ones. The parts of a component have the labels of the component.
 */
export function labelsOf(element: Element & {readonly labels?: LabelOverrides}): Labels {
  const host = hostOf(element)
  if (host instanceof LabelledElement) return labelsOf(host)
  const labels = languages.labels(languageOf(element))
  return element.labels ? override(labels, element.labels) : labels
}

/** The labels of an element's language without overrides: the server understands those that are answers to its questions. */
export function translationOf(element: Element): Labels {
  return languages.labels(languageOf(element))
}

/** Resolves when the labels of an element are loaded, have failed to load, or take too long. */
export async function labelsReady(element: Element): Promise<void> {
  const language = languageOf(element)
  if (languages.has(language)) return
  await Promise.race([languages.load(language), new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MS))])
}

/** The language of an element's labels: that of the nearest `lang` attribute, or English if it has no labels. */
export function languageOf(element: Element): string {
  return languages.find(tagOf(element)) ?? ENGLISH
}

/**
 * The value for the `dir` attribute inside a component: the direction of its labels, or undefined to inherit that of the
 * page, if the page sets a `dir` at the nearest `lang` or nearer.
 */
export function directionOf(element: Element): 'ltr' | 'rtl' | undefined {
  const nearest = element.closest('[lang], [dir]')
  if (nearest?.hasAttribute('dir')) return undefined
  const host = nearest ? undefined : hostOf(element)
  if (host) return directionOf(host)
  const language = languageOf(element)
  // English labels stand in until others are loaded.
  return direction(languages.has(language) ? language : ENGLISH)
}

function hostOf(element: Element): Element | undefined {
  return (element.getRootNode() as Partial<ShadowRoot>).host
}

/** The tag in the nearest `lang` attribute, across shadow roots as HTML defines it; empty if there is none. */
export function tagOf(element: Element): string {
  const nearest = element.closest<HTMLElement>('[lang]')
  if (nearest) return nearest.lang
  const host = hostOf(element)
  return host ? tagOf(host) : ''
}

function override(labels: Labels, overrides: LabelOverrides): Labels {
  const known = overridden.get(overrides)
  if (known?.of === labels) return known.labels
  const groups = Object.entries(labels) as [keyof Labels, object][]
  const all = groups.map(([group, own]) => [group, {...own, ...overrides[group]}] as const)
  const result = Object.fromEntries(all) as unknown as Labels
  overridden.set(overrides, {of: labels, labels: result})
  return result
}
