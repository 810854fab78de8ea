import {html, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {repeat} from 'lit/directives/repeat.js'
import {sentence, type Client} from '../client.js'
import '../confirmed-button.js'
import '../copy-button.js'
import type {CopyButton} from '../copy-button.js'
import {icons} from '../icons.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import type {Sentence} from '../language/labels.js'
import {Patience} from '../patience.js'
import type {PersonalToken} from '../protocol.js'
import {theme} from '../theme.js'
import {rowStyles} from './rows.js'
import {styles} from './tokens.styles.js'

interface NewToken {
  readonly id: string
  readonly token: string
  readonly name: string
}

/** The user's personal tokens. One is shown in full once, when it is made. */
@customElement('keyswitch-tokens')
export class Tokens extends LabelledElement {
  static override styles = [theme, rowStyles, styles]

  @property({attribute: false}) client!: Client
  @state() private tokens: readonly PersonalToken[] | null = null
  @state() private made: NewToken | null = null
  @state() private problem: Sentence | null = null
  @state() private busy = false
  @query('input') private input!: HTMLInputElement
  @query('keyswitch-copy') private copyButton!: CopyButton | null
  private readonly patience = new Patience()

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.patience.hurry()
  }

  /** Another client is another user. */
  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('client')) return
    this.tokens = null
    this.made = null
    this.problem = null
    void this.refresh()
  }

  /** Reads the list, again and again while Keyswitch cannot be reached. */
  private async refresh(): Promise<void> {
    const {client} = this
    const wanted = () => this.isConnected && client === this.client
    const call = () => client.call<{readonly tokens: readonly PersonalToken[]}>('listPersonalTokens')
    try {
      const list = await this.patience.persist(call, wanted)
      if (list) this.tokens = list.tokens
    } catch (failure) {
      this.problem = sentence(failure)
    }
  }

  protected override render() {
    const labels = labelsOf(this)
    const {tokens} = labels
    return html`
      <p class="address">
        <span>${tokens.baseUrl}</span>
        <code dir="ltr">${this.client.openAiUrl}</code>
      </p>
      <form @submit=${this.create} @input=${() => (this.problem = null)}>
        <label class="visually-hidden" for="name">${tokens.name}</label>
        <input id="name" class="field" dir="auto" maxlength="100" required placeholder=${tokens.namePlaceholder} />
        <button class="button" type="submit" ?disabled=${this.busy}>${icons.add} ${tokens.create}</button>
      </form>
      <div role="status">${this.made ? this.madeNow(this.made) : nothing}</div>
      ${this.problem ? html`<p class="problem" role="alert" dir="auto">${this.problem(labels)}</p>` : nothing}
      ${
        this.tokens && this.tokens.length > 0
          ? html`<ul aria-label=${tokens.list}>
              ${repeat(
                this.tokens,
                (token) => token.id,
                (token) => this.row(token),
              )}
            </ul>`
          : nothing
      }
    `
  }

  private madeNow(made: NewToken) {
    const {tokens} = labelsOf(this)
    return html`<div class="new">
      <p>${tokens.copyNow} <strong>${tokens.shownOnce}</strong></p>
      <div>
        <code dir="ltr">${made.token}</code>
        <keyswitch-copy .text=${made.token} words></keyswitch-copy>
        <button class="button" type="button" @click=${() => (this.made = null)}>${tokens.done}</button>
      </div>
    </div>`
  }

  private row(token: PersonalToken) {
    const {tokens} = labelsOf(this)
    return html`<li>
      <span class="name"><bdi>${token.name}</bdi></span>
      <span class="muted">${tokens.made(new Date(token.createdAt))}</span>
      <keyswitch-confirmed-button
        text=${tokens.revoke}
        name=${tokens.revokeNamed(token.name)}
        label=${tokens.confirmLabel(token.name)}
        yes=${tokens.confirmYes}
        danger
        @confirmed=${() => this.revoke(token)}
      ></keyswitch-confirmed-button>
    </li>`
  }

  private async create(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    await this.attempt(async () => {
      this.made = await this.client.call<NewToken>('createPersonalToken', {name: this.input.value})
      this.input.value = ''
    })
    await this.updateComplete
    // It is shown once: it must be seen.
    this.copyButton?.focus()
  }

  private async revoke(token: PersonalToken): Promise<void> {
    await this.attempt(async () => {
      await this.client.call('revokePersonalToken', {id: token.id})
      if (this.made?.id === token.id) this.made = null
      this.tokens = this.tokens?.filter((one) => one !== token) ?? null
    })
    if (!this.problem) this.input.focus()
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    this.busy = true
    this.problem = null
    try {
      await action()
      void this.refresh()
    } catch (failure) {
      this.problem = sentence(failure)
    } finally {
      this.busy = false
    }
  }
}
