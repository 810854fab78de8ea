import {html} from 'lit'
import {customElement, property} from 'lit/decorators.js'
import {LabelledElement, labelsOf} from './language/labelled.js'
import {theme} from './theme.js'
import {styles} from './confirm.styles.js'

/**
 * The question before something is gone, in its light DOM. The focus goes to the answer that harms nothing, and Escape is
 * that answer.
 *
 * @fires yes - do it
 * @fires keep - leave it
 */
@customElement('keyswitch-confirm')
export class Confirm extends LabelledElement {
  static override styles = [theme, styles]

  /** What is asked, for those who cannot see it. */
  @property() label = ''
  /** What the answer that does it says. */
  @property() yes = ''
  /** Whether something is lost with it. */
  @property({type: Boolean}) danger = false

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('.keep')?.focus()
  }

  protected override render() {
    return html`<div role="alertdialog" aria-label=${this.label} @keydown=${this.pressed}>
      <slot></slot>
      <button class="button ${this.danger ? 'danger' : 'primary'}" type="button" @click=${() => this.tell('yes')}>
        ${this.yes}
      </button>
      <button class="button keep" type="button" @click=${() => this.tell('keep')}>${labelsOf(this).dialog.keep}</button>
    </div>`
  }

  /** Escape answers the question, and nothing else. */
  private pressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    this.tell('keep')
  }

  private tell(answer: 'yes' | 'keep'): void {
    this.dispatchEvent(new Event(answer))
  }
}
