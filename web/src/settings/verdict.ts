import {css, html} from 'lit'
import {icons} from '../icons.js'
import type {Labels, Sentence} from '../language/labels.js'

/** What came of something, in plain words. */
export interface Verdict {
  readonly kind: 'good' | 'warning' | 'bad'
  readonly text: Sentence
  /** Whether it holds only for as long as Keyswitch cannot be reached. */
  readonly passing?: boolean
}

const ICONS = {good: icons.check, warning: icons.alert, bad: icons.close}

/** The place of a verdict, which screen readers watch; empty while there is none. */
export function shown(verdict: Verdict | null, labels: Labels) {
  return html`<div role="status">
    ${
      verdict &&
      html`<p class="verdict ${verdict.kind}">${ICONS[verdict.kind]}<span dir="auto">${verdict.text(labels)}</span></p>`
    }
  </div>`
}

export const verdictStyles = css`
  .verdict {
    display: flex;
    gap: 0.6rem;
    margin: 0;
    padding: 0.75rem 1rem;
    border: 1px solid currentColor;
    border-radius: var(--radius);
    overflow-wrap: anywhere;
  }

  .verdict svg {
    flex: none;
    margin-top: 0.15rem;
  }

  .good {
    color: var(--good);
  }

  .warning {
    color: light-dark(#7a4d00, #f3c46b);
  }

  .bad {
    color: var(--danger);
  }
`
