import {css, html, LitElement} from 'lit'
import {customElement, property, state} from 'lit/decorators.js'
import {copied} from './clipboard.js'
import {icons} from './icons.js'
import {theme} from './theme.js'

const CONFIRMED_MS = 2_000

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
        border-radius: 10px;
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

      .icon-button {
        width: 2.25rem;
        height: 2.25rem;
      }
    `,
  ]

  @property() code = ''
  @property() language = ''
  @state() private copied = false

  protected override render() {
    return html`<header>
        <span>${this.language.slice(0, 40)}</span>
        <button
          class="icon-button"
          type="button"
          aria-label=${this.copied ? 'Copied' : 'Copy code'}
          @click=${this.copy}
        >
          ${this.copied ? icons.check : icons.copy}
        </button>
      </header>
      <pre tabindex="0"><code>${this.code}</code></pre>`
  }

  private async copy(): Promise<void> {
    this.copied = await copied(this.code)
    setTimeout(() => (this.copied = false), CONFIRMED_MS)
  }
}
