import {html} from 'lit'
import {customElement, property} from 'lit/decorators.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import {theme} from '../theme.js'
import {SayEvent} from './composer.js'
import {styles} from './welcome.styles.js'

/**
 * What a chat without messages shows: what to try, or why there is nothing.
 *
 * @fires say - one of the suggestions was taken
 * @fires again - the chat that could not be read is to be read again
 * @fires hurry - the user does not want to wait for the next attempt to reach Keyswitch
 */
@customElement('keyswitch-welcome')
export class Welcome extends LabelledElement {
  static override styles = [theme, styles]

  /** Whether the chat that was asked for is not there. */
  @property({type: Boolean}) gone = false
  /** Why a chat could not be read; empty if it could. */
  @property() problem = ''
  @property({type: Boolean}) signedOut = false
  /** Nothing can be said before it is known who is signed in. */
  @property({type: Boolean}) disabled = false
  /** What stands in the way and is tried again, as a sentence; empty if nothing does. */
  @property() trouble = ''

  protected override render() {
    const {welcome} = labelsOf(this)
    if (this.signedOut) {
      return html`<div class="signed-out" role="status">
        <h2>${welcome.signedOutTitle}</h2>
        <p class="muted">${welcome.signedOut}</p>
      </div>`
    }
    if (this.gone) {
      return html`<h2>${welcome.goneTitle}</h2>
        <p class="muted">${welcome.gone}</p>`
    }
    return html`<h2>${welcome.title}</h2>
      ${this.problem ? this.failed() : this.invitation()}
      <div class="try">
        ${welcome.suggestions.map(
          (text) =>
            html`<button type="button" ?disabled=${this.disabled} @click=${() => this.say(text)}>${text}</button>`,
        )}
      </div>`
  }

  private failed() {
    return html`<p class="muted" role="alert" dir="auto">
      ${this.problem}
      <button class="button" type="button" @click=${() => this.dispatchEvent(new Event('again'))}>
        ${labelsOf(this).common.tryAgain}
      </button>
    </p>`
  }

  private invitation() {
    const {common, welcome} = labelsOf(this)
    return this.trouble
      ? html`<p class="muted" role="status">
          ${common.tryingAgain(this.trouble)}
          <button class="button" type="button" @click=${() => this.dispatchEvent(new Event('hurry'))}>
            ${common.tryNow}
          </button>
        </p>`
      : html`<p class="muted">${welcome.invitation}</p>`
  }

  private say(text: string): void {
    this.dispatchEvent(new SayEvent({text, secret: false}))
  }
}
