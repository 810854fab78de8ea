import {LitElement} from 'lit'
import {en} from './en.js'
import type {LabelOverrides, Labels} from './labels.js'

/** The labels of every language, by its tag in lower case. */
const LANGUAGES: ReadonlyMap<string, Labels> = new Map([['en', en]])

/** The connected elements. */
const shown = new Set<LabelledElement>()

/** Watches the document's `lang` attributes. A change in an app's own shadow root counts at the next update. */
let observer: MutationObserver | undefined

/** The labels of a language with overrides, by the overrides. */
const overridden = new WeakMap<LabelOverrides, {readonly of: Labels; readonly labels: Labels}>()

/** An element that shows labels, and updates when they may have changed. */
export abstract class LabelledElement extends LitElement {
  override connectedCallback(): void {
    super.connectedCallback()
    observer ??= new MutationObserver(relabel)
    if (shown.size === 0) observer.observe(document, {attributeFilter: ['lang'], subtree: true})
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
  const labels = labelsIn(languageOf(element))
  return element.labels ? override(labels, element.labels) : labels
}

function hostOf(element: Element): Element | undefined {
  return (element.getRootNode() as Partial<ShadowRoot>).host
}

/** The tag in the nearest `lang` attribute, across shadow roots as HTML defines it; empty if there is none. */
export function languageOf(element: Element): string {
  const nearest = element.closest<HTMLElement>('[lang]')
  if (nearest) return nearest.lang
  const host = hostOf(element)
  return host ? languageOf(host) : ''
}

/** The labels for a tag, or for the longest prefix that has labels: `pt` for `pt-BR`. English if none has. */
export function labelsIn(tag: string, languages = LANGUAGES): Labels {
  const parts = tag.toLowerCase().split('-')
  for (let length = parts.length; length > 0; length--) {
    const labels = languages.get(parts.slice(0, length).join('-'))
    if (labels) return labels
  }
  return en
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
