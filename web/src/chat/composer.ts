import {html, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {icons} from '../icons.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import type {Flow, FlowOption, Suggestion} from '../protocol.js'
import {theme} from '../theme.js'
import {styles} from './composer.styles.js'
import type {Words} from './turns.js'

/** What somebody has written and wants to be sent. */
export class SayEvent extends Event {
  constructor(readonly words: Words) {
    super('say')
  }
}

/** The ways out of the model-change flow: to the question before, and to no question at all. */
const BACK = 'back'
const CANCEL = 'cancel'

/** The first question, before which there is none. */
/** The questions that no other one comes before. */
const WITHOUT_BACK: ReadonlySet<string> = new Set(['provider', 'key_use'])

/** Keys are longer than what follows a prefix in prose. */
const LEAST_BEHIND_PREFIX = 12

/** What is announced as a key needs no prefix, but to be one long piece of digits and letters. */
const ANNOUNCED = /\b(?:keys?|tokens?|secrets?)\b\W{0,8}(?:is\W{1,4})?(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{20,}/i

/**
 * Where the user writes. When a key is asked for, or what is written looks like one, the text is hidden as in any password
 * field, and is sent as a secret.
 */
@customElement('keyswitch-composer')
export class Composer extends LabelledElement {
  static override styles = [theme, styles]

  @property({attribute: false}) flow: Flow | null = null
  /** Requests that the last message may have made. */
  @property({attribute: false}) suggestions: readonly Suggestion[] = []
  @property({type: Boolean}) busy = false
  @property({attribute: false}) keyPrefixes: readonly string[] = []
  /** Nobody can write while nobody is signed in. */
  @property({type: Boolean}) disabled = false
  @property() placeholder = ''
  /** What was being written in another thread, or before the field was taken away; never a key. */
  @property({attribute: false}) drafts!: Map<string, string>
  /** The thread that is written to. A composer has one for its whole life. */
  @property() threadId = ''
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

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.drafts.set(this.threadId, this.secret ? this.draft : this.text)
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.hasUpdated) this.text = this.drafts.get(this.threadId) ?? ''
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
    const {composer} = labelsOf(this)
    return html`
      ${this.flow ? this.answers(this.flow) : this.suggested()}
      ${
        this.secret
          ? html`<p class="hint" id="hint">
              ${icons.key} ${this.flow?.secret || this.begunInSecret ? composer.hidden : composer.looksLikeKey}
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
                aria-label=${composer.stop}
                @click=${() => this.dispatchEvent(new Event('stop'))}
              >
                ${icons.stop}
              </button>`
            : html`<button
                class="icon-button send"
                type="submit"
                aria-label=${composer.send}
                ?disabled=${this.text.trim() === ''}
              >
                ${icons.send}
              </button>`
        }
      </form>
    `
  }

  /** The ways out are in sight however many answers there are. */
  private answers({step, options}: Flow) {
    const {composer} = labelsOf(this)
    const cancel = {value: CANCEL, label: composer.cancel}
    const waysOut = WITHOUT_BACK.has(step) ? [cancel] : [{value: BACK, label: composer.back}, cancel]
    return html`<div class="flow" role="group" aria-label=${composer.answers}>
      <div class="options" ?hidden=${options.length === 0}>${options.map((option) => this.answer(option))}</div>
      <div class="ways-out">${waysOut.map((option) => this.answer(option))}</div>
    </div>`
  }

  private suggested() {
    if (this.suggestions.length === 0) return nothing
    return html`<div class="flow" role="group" aria-label=${labelsOf(this).composer.suggestions}>
      <div class="options">${this.suggestions.map(({label, message}) => this.answer({value: message, label}))}</div>
    </div>`
  }

  private answer({value, label}: FlowOption) {
    return html`<button class="button" type="button" dir="auto" @click=${() => this.send({text: value, secret: false})}>
      ${label}
    </button>`
  }

  private textField() {
    return html`<div class="mirror" dir="auto" aria-hidden="true">${this.text + '\u200b'}</div>
      <textarea
        rows="1"
        dir="auto"
        enterkeyhint="send"
        aria-label=${labelsOf(this).composer.message}
        placeholder=${this.placeholder}
        ?disabled=${this.disabled}
        .value=${this.text}
        @input=${this.typed}
        @keydown=${this.pressed}
      ></textarea>`
  }

  private passwordField() {
    const {composer} = labelsOf(this)
    return html`<input
      type="password"
      dir="ltr"
      aria-label=${composer.key}
      aria-describedby="hint"
      placeholder=${composer.keyPlaceholder}
      autocomplete="off"
      spellcheck="false"
      enterkeyhint="send"
      data-1p-ignore
      data-bwignore
      data-lpignore="true"
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
    const begins = (word: string, prefix: string) =>
      word.startsWith(prefix) && word.length >= prefix.length + LEAST_BEHIND_PREFIX
    return (
      ANNOUNCED.test(text) || text.split(/\s+/).some((word) => this.keyPrefixes.some((prefix) => begins(word, prefix)))
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
