import {html, LitElement} from 'lit'
import {customElement, property} from 'lit/decorators.js'
import {theme} from '../theme.js'
import {SayEvent} from './composer.js'
import {styles} from './welcome.styles.js'

const TO_TRY = [
  'I want to change my model',
  'Which model am I using?',
  'Use Claude with my own key',
  'Write a small program in Python',
]

/**
 * What a chat without messages shows: what to try, or why there is nothing.
 *
 * @fires say - one of the suggestions was taken
 * @fires again - the chat that could not be read is to be read again
 * @fires hurry - the user does not want to wait for the next attempt to reach Keyswitch
 */
@customElement('keyswitch-welcome')
export class Welcome extends LitElement {
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
    if (this.signedOut) {
      return html`<div class="signed-out" role="status">
        <h2>You are not signed in</h2>
        <p class="muted">Your chats and your model are here once you are.</p>
      </div>`
    }
    if (this.gone) {
      return html`<h2>This chat is not here</h2>
        <p class="muted">It was deleted, or belongs to another account. What you write now begins a new one.</p>`
    }
    return html`<h2>What would you like to talk about?</h2>
      ${this.problem ? this.failed() : this.invitation()}
      <div class="try">
        ${TO_TRY.map(
          (text) =>
            html`<button type="button" ?disabled=${this.disabled} @click=${() => this.say(text)}>${text}</button>`,
        )}
      </div>`
  }

  private failed() {
    return html`<p class="muted" role="alert">
      ${this.problem}
      <button class="button" type="button" @click=${() => this.dispatchEvent(new Event('again'))}>Try again</button>
    </p>`
  }

  private invitation() {
    return this.trouble
      ? html`<p class="muted" role="status">
          ${this.trouble} Trying again …
          <button class="button" type="button" @click=${() => this.dispatchEvent(new Event('hurry'))}>Try now</button>
        </p>`
      : html`<p class="muted">
          Any model you like answers here, with the default key or your own. Change it at any time, by saying so.
        </p>`
  }

  private say(text: string): void {
    this.dispatchEvent(new SayEvent({text, secret: false}))
  }
}
