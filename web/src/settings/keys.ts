import {html, nothing} from 'lit'
import {customElement, property, state} from 'lit/decorators.js'
import {repeat} from 'lit/directives/repeat.js'
import {sentence, type Client} from '../client.js'
import '../confirmed-button.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import type {Sentence} from '../language/labels.js'
import type {StoredKey} from '../protocol.js'
import {theme} from '../theme.js'
import {rowStyles} from './rows.js'
import {usersOf, type Setup} from './setup.js'

/**
 * The user's stored keys, one a provider: which chats use each, what its last check said, and its end.
 *
 * @fires changed - a key was deleted, and the model configs that used it
 */
@customElement('keyswitch-keys')
export class Keys extends LabelledElement {
  static override styles = [theme, rowStyles]

  @property({attribute: false}) client!: Client
  @property({attribute: false}) setup!: Setup
  @state() private problem: Sentence | null = null

  protected override render() {
    const labels = labelsOf(this)
    return html`
      ${this.problem ? html`<p class="problem" role="alert" dir="auto">${this.problem(labels)}</p>` : nothing}
      <ul aria-label=${labels.keys.list}>
        ${repeat(
          this.setup.keys,
          (key) => key.provider,
          (key) => this.row(key),
        )}
      </ul>
    `
  }

  private row(key: StoredKey) {
    const {keys} = labelsOf(this)
    const users = usersOf(key, this.setup)
    const name = keys.named(key.displayName, key.keyHint)
    const verdict = keys.verdict(key.verdict ?? 'valid')
    return html`<li>
      <span class="name"><bdi>${name}</bdi></span>
      <span class="muted">
        ${keys.usedBy(users.default, users.threads)} ${keys.saved(new Date(key.savedAt))}
        ${verdict ? html`<span class="problem">${verdict}</span>` : nothing}
      </span>
      <keyswitch-confirmed-button
        text=${keys.delete}
        name=${keys.deleteNamed(key.displayName)}
        label=${keys.confirmLabel(key.displayName)}
        yes=${keys.confirmYes}
        danger
        @confirmed=${() => this.delete(key)}
      >
        ${users.default || users.threads > 0 ? html`<span>${keys.consequence}</span>` : nothing}
      </keyswitch-confirmed-button>
    </li>`
  }

  private async delete(key: StoredKey): Promise<void> {
    this.problem = null
    try {
      await this.client.call('deleteApiKey', {provider: key.provider})
      this.dispatchEvent(new Event('changed'))
    } catch (failure) {
      this.problem = sentence(failure)
    }
  }
}
