import {css, html, LitElement, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {icons} from '../icons.js'
import type {Flow, FlowOption} from '../protocol.js'
import {theme} from '../theme.js'
import type {Words} from './conversation.js'

/** What somebody has written and wants to be sent. */
export class SayEvent extends Event {
  constructor(readonly words: Words) {
    super('say')
  }
}

/** The ways out of the model-change flow: to the question before, and to no question at all. */
const BACK: FlowOption = {value: 'back', label: 'Back'}
const CANCEL: FlowOption = {value: 'cancel', label: 'Cancel'}

/** The first question, before which there is none. */
const FIRST_STEP = 'provider'

/** Keys are longer than what follows a prefix in prose. */
const LEAST_BEHIND_PREFIX = 12

/**
 * Where the user writes. When a key is asked for, or what is written looks like one, the text is hidden as in any password
 * field, and is sent as a secret.
 */
@customElement('keyswitch-composer')
export class Composer extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: block;
      }

      .options {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        max-height: 9.5rem;
        margin-bottom: 0.6rem;
        overflow-y: auto;
        padding: 3px;
      }

      form {
        display: flex;
        align-items: flex-end;
        gap: 0.4rem;
        padding: 0.4rem;
        border: 1px solid var(--border);
        border-radius: calc(var(--radius) + 10px);
        background: var(--background);
        box-shadow: 0 2px 14px rgb(0 0 0 / 0.06);
      }

      form:focus-within {
        border-color: var(--accent);
      }

      form.secret {
        border-color: var(--accent);
        background: color-mix(in srgb, var(--accent) 6%, var(--background));
      }

      .entry {
        flex: 1;
        min-width: 0;
        display: grid;
      }

      textarea,
      input,
      .mirror {
        grid-area: 1 / 1;
        width: 100%;
        max-height: 12rem;
        padding: 0.5rem 0.8rem;
        border: 0;
        outline: 0;
        background: transparent;
        font-size: max(1rem, 16px);
        line-height: 1.5;
      }

      :is(textarea, input):focus-visible {
        outline: 0;
      }

      textarea {
        resize: none;
        overflow-y: auto;
      }

      /* As high as the text, for the textarea to fill. */
      .mirror {
        visibility: hidden;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        overflow: hidden;
      }

      ::placeholder {
        color: var(--muted);
        opacity: 1;
      }

      .send {
        background: var(--accent);
        color: var(--on-accent);
      }

      .send:hover:not(:disabled) {
        background: color-mix(in srgb, var(--accent) 88%, var(--text));
        color: var(--on-accent);
      }

      .hint {
        display: flex;
        align-items: center;
        gap: 0.4rem;
        margin: 0 0 0.5rem 0.6rem;
        color: var(--muted);
        font-size: 0.85rem;
      }
    `,
  ]

  @property({attribute: false}) flow: Flow | null = null
  @property({type: Boolean}) busy = false
  @property({attribute: false}) keyPrefixes: readonly string[] = []
  @state() private text = ''
  /** What is written looks like a key, though nobody asked for one. */
  @state() private looksLikeKey = false
  /** It was begun when a key was asked for, and stays hidden even if nobody asks any more. */
  @state() private begunInSecret = false
  /** What was being written when a key was asked for: it is no key, and comes back behind the question. */
  private draft = ''
  @query('textarea, input') private input!: HTMLTextAreaElement | HTMLInputElement

  private get secret(): boolean {
    return this.flow?.secret === true || this.looksLikeKey || this.begunInSecret
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('flow')) return
    const wasSecret = (changed.get('flow') as Flow | null | undefined)?.secret === true
    const isSecret = this.flow?.secret === true
    if (isSecret && !wasSecret && !this.begunInSecret && !this.looksLikeKey) {
      this.draft = this.text
      this.text = ''
    } else if (!isSecret && this.text === '') {
      this.text = this.draft
      this.draft = ''
    }
  }

  override focus(): void {
    void this.updateComplete.then(() => this.input.focus())
  }

  protected override render() {
    const options = this.options()
    return html`
      ${
        options.length > 0
          ? html`<div class="options" role="group" aria-label="Answers to choose from">
              ${options.map(
                (option) =>
                  html`<button
                    class="button"
                    type="button"
                    @click=${() => this.send({text: option.value, secret: false})}
                  >
                    ${option.label}
                  </button>`,
              )}
            </div>`
          : nothing
      }
      ${
        this.secret
          ? html`<p class="hint" id="hint">
              ${icons.key}
              ${
                this.flow?.secret || this.begunInSecret
                  ? 'Hidden while you type, and kept out of the conversation.'
                  : 'This looks like an API key, so it is hidden and will not be stored.'
              }
            </p>`
          : nothing
      }
      <form class=${this.secret ? 'secret' : ''} autocomplete="off" @submit=${this.submit}>
        <div class="entry">${this.secret ? this.passwordField() : this.textField()}</div>
        ${
          this.busy
            ? html`<button
                class="icon-button send"
                type="button"
                aria-label="Stop the answer"
                @click=${() => this.dispatchEvent(new Event('stop'))}
              >
                ${icons.stop}
              </button>`
            : html`<button
                class="icon-button send"
                type="submit"
                aria-label="Send"
                ?disabled=${this.text.trim() === ''}
              >
                ${icons.send}
              </button>`
        }
      </form>
    `
  }

  private options(): readonly FlowOption[] {
    if (!this.flow) return []
    return this.flow.step === FIRST_STEP ? [...this.flow.options, CANCEL] : [...this.flow.options, BACK, CANCEL]
  }

  private textField() {
    return html`<div class="mirror" aria-hidden="true">${this.text + '\u200b'}</div>
      <textarea
        rows="1"
        aria-label="Message"
        placeholder="Write a message"
        .value=${this.text}
        @input=${this.typed}
        @keydown=${this.pressed}
      ></textarea>`
  }

  private passwordField() {
    return html`<input
      type="password"
      aria-label="API key"
      aria-describedby="hint"
      placeholder="Paste your API key"
      autocomplete="off"
      spellcheck="false"
      .value=${this.text}
      @input=${this.typed}
      @keydown=${this.pressed}
    />`
  }

  private typed(): void {
    const wasSecret = this.secret
    this.text = this.input.value
    this.begunInSecret = this.text !== '' && (this.flow?.secret === true || this.begunInSecret)
    this.looksLikeKey = this.flow?.secret !== true && this.mayBeKey(this.text)
    if (wasSecret !== this.secret) this.focus()
  }

  private mayBeKey(text: string): boolean {
    return text
      .split(/\s+/)
      .some((word) =>
        this.keyPrefixes.some(
          (prefix) => word.startsWith(prefix) && word.length >= prefix.length + LEAST_BEHIND_PREFIX,
        ),
      )
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      this.send({text: this.text, secret: this.secret})
    } else if (event.key === 'Escape' && this.busy) {
      this.dispatchEvent(new Event('stop'))
    }
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault()
    this.send({text: this.text, secret: this.secret})
  }

  private send(words: Words): void {
    if (this.busy || words.text.trim() === '') return
    this.text = ''
    this.looksLikeKey = false
    this.begunInSecret = false
    this.dispatchEvent(new SayEvent(words))
    this.focus()
  }
}
