import {css, html, LitElement} from 'lit'
import {customElement, property} from 'lit/decorators.js'
import './copy-button.js'
import {theme} from './theme.js'

/** A piece of code with a button that copies it. */
@customElement('keyswitch-code')
export class CodeBlock extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: block;
        margin: 0.6rem 0;
        border: 1px solid var(--border);
        border-radius: calc(var(--radius) * 0.7);
        background: var(--surface);
        overflow: hidden;
        line-height: 1.45;
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding-left: 0.8rem;
        color: var(--muted);
        font-size: 0.8em;
      }

      pre {
        margin: 0;
        padding: 0 0.8rem 0.8rem;
        overflow-x: auto;
        font:
          0.875em ui-monospace,
          'SF Mono',
          Menlo,
          Consolas,
          monospace;
        tab-size: 4;
      }
    `,
  ]

  @property() code = ''
  @property() language = ''

  protected override render() {
    return html`<header>
        <span>${this.language.slice(0, 40)}</span>
        <keyswitch-copy .text=${this.code} label="Copy code"></keyswitch-copy>
      </header>
      <pre tabindex="0"><code>${this.code}</code></pre>`
  }
}
