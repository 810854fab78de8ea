import {css, html, LitElement, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import type {ListedModel} from '../protocol.js'
import {theme} from '../theme.js'

const MOST_SHOWN = 50
const COMPACT = new Intl.NumberFormat(undefined, {notation: 'compact'})

/**
 * A text field for a model's id that suggests what the provider lists; any other id can be typed. A combobox of the ARIA
 * Authoring Practices, "list autocomplete with manual selection".
 *
 * @fires input - the id has changed
 * @fires enter - the form is to be sent, which a field in a component of its own cannot do
 */
@customElement('keyswitch-model-field')
export class ModelField extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: block;
        position: relative;
      }

      label {
        display: block;
        margin-bottom: 0.3rem;
        font-weight: 600;
      }

      ul {
        position: absolute;
        z-index: 3;
        inset-inline: 0;
        max-height: 17rem;
        margin: 4px 0 0;
        padding: 0.3rem;
        overflow-y: auto;
        border: 1px solid var(--border);
        border-radius: 10px;
        background: var(--background);
        box-shadow: 0 8px 28px rgb(0 0 0 / 0.16);
        list-style: none;
      }

      li {
        padding: 0.45rem 0.6rem;
        border-radius: 7px;
        cursor: pointer;
        overflow-wrap: anywhere;
      }

      li[aria-selected='true'],
      li:hover {
        background: var(--surface);
        box-shadow: inset 2px 0 var(--accent);
      }

      li span {
        display: block;
        font-size: 0.8rem;
      }

      p {
        margin: 0.3rem 0 0;
        font-size: 0.85rem;
      }

      #mistake {
        color: var(--danger);
      }

      #mistake:empty {
        display: none;
      }
    `,
  ]

  @property() value = ''
  @property() placeholder = ''
  @property({attribute: false}) models: readonly ListedModel[] = []
  /** Where the suggestions come from, or why there are none. */
  @property() note = ''
  /** What is wrong with the id; empty if nothing is. */
  @property() mistake = ''
  @property({type: Boolean}) loading = false
  @state() private open = false
  @state() private active = -1
  @query('input') private input!: HTMLInputElement

  override focus(): void {
    this.input.focus()
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('active') && this.active >= 0) {
      this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({block: 'nearest'})
    }
  }

  protected override render() {
    const matches = this.suggested()
    const shown = this.open && matches.length > 0
    return html`<label for="model">Model</label>
      <input
        id="model"
        class="field"
        role="combobox"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        maxlength="128"
        placeholder=${this.placeholder ? 'For example ' + this.placeholder : ''}
        aria-autocomplete="list"
        aria-expanded=${shown ? 'true' : 'false'}
        aria-controls="models"
        aria-activedescendant=${shown && this.active >= 0 ? 'model-' + this.active : ''}
        aria-describedby="note mistake"
        aria-invalid=${this.mistake ? 'true' : 'false'}
        .value=${this.value}
        @input=${this.typed}
        @focus=${() => (this.open = true)}
        @click=${() => (this.open = true)}
        @blur=${() => (this.open = false)}
        @keydown=${this.pressed}
      />
      <ul id="models" role="listbox" aria-label="Suggestions" ?hidden=${!shown}>
        ${matches.map(
          (model, index) =>
            html`<li
              id=${'model-' + index}
              role="option"
              aria-selected=${index === this.active ? 'true' : 'false'}
              @mousedown=${(event: MouseEvent) => event.preventDefault()}
              @click=${() => this.choose(model)}
            >
              ${model.id}${detail(model)}
            </li>`,
        )}
      </ul>
      <p id="mistake" role="alert">${this.mistake}</p>
      <p id="note" class="muted" role="status">${this.loading ? 'Looking up the models …' : this.note}</p>`
  }

  /** What is listed first comes first, but for ids that begin with what is typed. */
  private suggested(): readonly ListedModel[] {
    const typed = this.value.trim().toLowerCase()
    const holding = this.models.filter(
      (model) => model.id.toLowerCase().includes(typed) || model.displayName?.toLowerCase().includes(typed),
    )
    const first = holding.filter((model) => model.id.toLowerCase().startsWith(typed))
    const rest = holding.filter((model) => !model.id.toLowerCase().startsWith(typed))
    const all = [...first, ...rest].slice(0, MOST_SHOWN)
    return all.length === 1 && all[0]?.id === this.value ? [] : all
  }

  private typed(): void {
    this.value = this.input.value
    this.open = true
    this.active = -1
    this.tell()
  }

  private pressed(event: KeyboardEvent): void {
    const matches = this.suggested()
    const chosen = matches[this.active]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!this.open) this.open = true
      const step = event.key === 'ArrowDown' ? 1 : -1
      this.active =
        matches.length === 0
          ? -1
          : (this.active + step + matches.length + (this.active < 0 && step < 0 ? 1 : 0)) % matches.length
    } else if (event.key === 'Enter' && this.open && chosen) {
      event.preventDefault()
      this.choose(chosen)
    } else if (event.key === 'Enter') {
      this.dispatchEvent(new Event('enter'))
    } else if (event.key === 'Escape' && this.open) {
      event.preventDefault()
      this.open = false
      this.active = -1
    }
  }

  private choose(model: ListedModel): void {
    this.value = model.id
    this.open = false
    this.active = -1
    this.tell()
  }

  private tell(): void {
    this.dispatchEvent(new Event('input', {bubbles: true}))
  }
}

function detail(model: ListedModel) {
  const name = model.displayName && model.displayName !== model.id ? model.displayName : ''
  const window = model.contextWindow ? `${COMPACT.format(model.contextWindow)} tokens` : ''
  const parts = [name, window].filter((part) => part !== '')
  return parts.length > 0 ? html`<span class="muted">${parts.join(' · ')}</span>` : nothing
}
