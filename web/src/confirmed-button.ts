import {css, html} from 'lit'
import {customElement, property, state} from 'lit/decorators.js'
import './confirm.js'
import {LabelledElement} from './language/labelled.js'
import {theme} from './theme.js'

/**
 * A button that asks before it does anything. What follows from it is in its light DOM, and shown with the question.
 *
 * @fires confirmed - the question was answered with yes
 */
@customElement('keyswitch-confirmed-button')
export class ConfirmedButton extends LabelledElement {
  static override styles = [
    theme,
    css`
      :host {
        display: block;
      }
    `,
  ]

  /** What the button says. */
  @property() text = ''
  /** What it says to those who do not see what stands beside it. */
  @property() name = ''
  /** What is asked, for those who cannot see it. */
  @property() label = ''
  /** What the answer that does it says. */
  @property() yes = ''
  /** Whether something is lost with it. */
  @property({type: Boolean}) danger = false
  @state() private asked = false

  protected override render() {
    if (!this.asked) {
      return html`<button
        class="button ${this.danger ? 'danger' : ''}"
        type="button"
        aria-label=${this.name || this.text}
        @click=${() => (this.asked = true)}
      >
        ${this.text}
      </button>`
    }
    return html`<keyswitch-confirm
      label=${this.label}
      yes=${this.yes}
      ?danger=${this.danger}
      @yes=${this.confirm}
      @keep=${this.back}
    >
      <slot></slot>
    </keyswitch-confirm>`
  }

  private async back(): Promise<void> {
    this.asked = false
    await this.updateComplete
    this.renderRoot.querySelector('button')?.focus()
  }

  private async confirm(): Promise<void> {
    await this.back()
    this.dispatchEvent(new Event('confirmed'))
  }
}
