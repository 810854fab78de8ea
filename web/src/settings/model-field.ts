import {html, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {icons} from '../icons.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import type {Labels} from '../language/labels.js'
import type {ListedModel} from '../protocol.js'
import {theme} from '../theme.js'
import {styles} from './model-field.styles.js'

/** More than any provider lists today. */
const MOST_SHOWN = 500

/**
 * A text field for a model's id that suggests what the provider lists; any other id can be typed. A combobox of the ARIA
 * Authoring Practices, "list autocomplete with manual selection".
 *
 * @fires input - the id has changed
 * @fires enter - the form is to be sent, which a field in a component of its own cannot do
 */
@customElement('keyswitch-model-field')
export class ModelField extends LabelledElement {
  static override styles = [theme, styles]

  @property() value = ''
  @property() placeholder = ''
  @property({attribute: false}) models: readonly ListedModel[] = []
  /** Where the suggestions come from, or why there are none. */
  @property() note = ''
  /** What is wrong with the id; empty if nothing is. */
  @property() mistake = ''
  @property({type: Boolean}) loading = false
  @state() private open = false
  /** Only what holds the text typed is suggested; until something is typed, everything. */
  private filtering = false
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
    const {modelField} = labelsOf(this)
    const matches = this.suggested()
    const shown = this.open && matches.length > 0
    return html`<label for="model">${modelField.label}</label>
      <div class="entry">${this.entry(shown)} ${this.models.length > 1 ? this.arrow(shown) : nothing}</div>
      <ul id="models" role="listbox" aria-label=${modelField.suggestions} ?hidden=${!shown}>
        ${matches.map(
          (model, index) =>
            html`<li
              id=${'model-' + index}
              role="option"
              aria-selected=${index === this.active ? 'true' : 'false'}
              @mousedown=${(event: MouseEvent) => event.preventDefault()}
              @click=${() => this.choose(model)}
            >
              <bdi>${model.id}</bdi>${detail(model, modelField)}
            </li>`,
        )}
      </ul>
      <p id="mistake" role="alert" dir="auto">${this.mistake}</p>
      <p id="note" class="muted" role="status" dir="auto">${this.loading ? modelField.looking : this.note}</p>`
  }

  private entry(shown: boolean) {
    return html`<input
      id="model"
      class="field"
      dir="ltr"
      role="combobox"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      maxlength="128"
      placeholder=${this.placeholder && labelsOf(this).modelField.example(this.placeholder)}
      aria-autocomplete="list"
      aria-expanded=${shown ? 'true' : 'false'}
      aria-controls="models"
      aria-activedescendant=${shown && this.active >= 0 ? 'model-' + this.active : ''}
      aria-describedby="note mistake"
      aria-invalid=${this.mistake ? 'true' : 'false'}
      .value=${this.value}
      @input=${this.typed}
      @click=${this.showAll}
      @blur=${this.close}
      @keydown=${this.pressed}
    />`
  }

  /** For the mouse; the keyboard has its arrow keys. */
  private arrow(shown: boolean) {
    return html`<button
      class="icon-button"
      type="button"
      tabindex="-1"
      aria-label=${labelsOf(this).modelField.all}
      aria-controls="models"
      aria-expanded=${shown ? 'true' : 'false'}
      @mousedown=${(event: MouseEvent) => event.preventDefault()}
      @click=${this.toggle}
    >
      ${icons.unfold}
    </button>`
  }

  /** What is listed first comes first, but for ids that begin with what is typed. */
  private suggested(): readonly ListedModel[] {
    const typed = this.filtering ? this.value.trim().toLowerCase() : ''
    const holding = this.models.filter(
      (model) => model.id.toLowerCase().includes(typed) || model.displayName?.toLowerCase().includes(typed),
    )
    const first = holding.filter((model) => model.id.toLowerCase().startsWith(typed))
    const rest = holding.filter((model) => !model.id.toLowerCase().startsWith(typed))
    const all = [...first, ...rest].slice(0, MOST_SHOWN)
    return all.length === 1 && all[0]?.id === this.value ? [] : all
  }

  private get shown(): boolean {
    return this.open && this.suggested().length > 0
  }

  /** Opens the list with the id in the field marked. */
  private showAll(): void {
    if (this.shown) return
    this.filtering = false
    this.open = true
    this.active = this.suggested().findIndex((model) => model.id === this.value)
  }

  private close(): void {
    this.open = false
    this.active = -1
  }

  private toggle(): void {
    if (this.shown) this.close()
    else this.showAll()
    this.focus()
  }

  private typed(): void {
    this.value = this.input.value
    this.filtering = true
    this.open = true
    this.active = -1
    this.tell()
  }

  private pressed(event: KeyboardEvent): void {
    const matches = this.suggested()
    const chosen = matches[this.active]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      this.move(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && this.open && chosen) {
      event.preventDefault()
      this.choose(chosen)
    } else if (event.key === 'Enter') {
      this.dispatchEvent(new Event('enter'))
    } else if (event.key === 'Escape' && this.open) {
      event.preventDefault()
      this.close()
    }
  }

  /** Arrow keys open the list, and then walk through it, round and round. */
  private move(step: 1 | -1): void {
    if (!this.shown) {
      this.showAll()
      if (this.active >= 0) return
    }
    const count = this.suggested().length
    const from = this.active < 0 && step < 0 ? 0 : this.active
    this.active = count === 0 ? -1 : (from + step + count) % count
  }

  private choose(model: ListedModel): void {
    this.value = model.id
    this.close()
    this.tell()
  }

  private tell(): void {
    this.dispatchEvent(new Event('input', {bubbles: true}))
  }
}

function detail(model: ListedModel, {contextWindow}: Labels['modelField']) {
  const name = model.displayName && model.displayName !== model.id ? model.displayName : ''
  const window = model.contextWindow ? contextWindow(model.contextWindow) : ''
  if (!name && !window) return nothing
  return html`<span class="muted"><bdi>${name}</bdi>${name && window ? ' · ' : ''}${window}</span>`
}
