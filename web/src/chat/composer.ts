import {html, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {icons} from '../icons.js'
import {LabelledElement, labelsOf, translationOf} from '../language/labelled.js'
import type {Flow, FlowOption, Suggestion} from '../protocol.js'
import {theme} from '../theme.js'
import {styles} from './composer.styles.js'
import {drafts} from './drafts.js'
import {looksLikeKey} from './key-shapes.js'
import type {Words} from './turns.js'

/** What somebody has written and wants to be sent. */
export class SayEvent extends Event {
  constructor(readonly words: Words) {
    super('say')
  }
}

/** The questions that no other one comes before. */
const WITHOUT_BACK: ReadonlySet<string> = new Set(['provider', 'key_use'])

/** Keyboards on a screen have no Shift+Enter, so that their Enter begins a new line. */
const ON_SCREEN_KEYBOARD = '(pointer: coarse)'

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
  /** How keys begin; null as long as that is not known. */
  @property({attribute: false}) keyPrefixes: readonly string[] | null = null
  /** Whether the thread is being read, which may ask for a key. */
  @property({type: Boolean}) loading = false
  /** Nobody can write while nobody is signed in. */
  @property({type: Boolean}) disabled = false
  @property() placeholder = ''
  /** The thread that is written to; empty if nothing was said there yet. */
  @property() threadId = ''
  @state() private text = ''
  /** What is written looks like a key, though nobody asked for one. */
  @state() private looksLikeKey = false
  /** It was begun when a key was asked for, and stays hidden even if nobody asks any more. */
  @state() private begunInSecret = false
  /** What was being written when a key was asked for: it is no key, and comes back behind the question. */
  private draft = ''
  private wasSecret = false
  @query('textarea, input') private input!: HTMLTextAreaElement | HTMLInputElement

  private get secret(): boolean {
    return this.flow?.secret === true || this.looksLikeKey || this.begunInSecret
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.hasUpdated) this.text = this.kept
    if (changed.has('keyPrefixes')) this.inspect()
    if (changed.has('flow')) this.makeRoom(changed.get('flow') as Flow | null | undefined)
    if (changed.has('keyPrefixes') || changed.has('loading')) this.keep()
  }

  /** Puts aside what was begun before a key was asked for, and back afterwards. What was not kept may be the key. */
  private makeRoom(before: Flow | null | undefined): void {
    const wasSecret = before?.secret === true
    const isSecret = this.flow?.secret === true
    if (isSecret && !wasSecret && !this.begunInSecret && !this.looksLikeKey) {
      this.draft = this.kept
      if (this.text === this.draft) this.text = ''
    } else if (!isSecret && this.text === '') {
      this.text = this.draft
      this.draft = ''
    }
  }

  private get kept(): string {
    return drafts.get(this.threadId) ?? ''
  }

  /** Keeps what is being written, as soon as keys can be told from it. */
  private keep(): void {
    if (this.keyPrefixes === null || this.loading) return
    const text = this.secret ? this.draft : this.text
    if (text === '') drafts.remove(this.threadId)
    else drafts.set(this.threadId, text)
  }

  /** The focus stays in the field when another kind of field takes its place. */
  protected override updated(): void {
    if (this.secret === this.wasSecret) return
    this.wasSecret = this.secret
    if (this.mayTakeFocus) this.input.focus({preventScroll: true})
  }

  /** Whether the user is in no control outside the chat. */
  private get mayTakeFocus(): boolean {
    const {activeElement} = document
    const nowhere = activeElement === null || activeElement === document.body
    return nowhere || (this.getRootNode() as ShadowRoot).host.matches(':focus-within')
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
    const said = translationOf(this).composer
    const cancel = {value: said.cancel, label: composer.cancel}
    const waysOut = WITHOUT_BACK.has(step) ? [cancel] : [{value: said.back, label: composer.back}, cancel]
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
        enterkeyhint=${matchMedia(ON_SCREEN_KEYBOARD).matches ? 'enter' : 'send'}
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
    this.text = this.input.value
    this.begunInSecret = this.text !== '' && (this.flow?.secret === true || this.begunInSecret)
    this.inspect()
    this.keep()
  }

  private inspect(): void {
    this.looksLikeKey = this.flow?.secret !== true && looksLikeKey(this.text, this.keyPrefixes ?? [])
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === 'Enter' && this.sends(event)) {
      event.preventDefault()
      this.send({text: this.text, secret: this.secret})
    } else if (event.key === 'Escape' && this.busy) {
      this.dispatchEvent(new Event('stop'))
    }
  }

  private sends({shiftKey, ctrlKey, metaKey}: KeyboardEvent): boolean {
    if (ctrlKey || metaKey) return true
    return !shiftKey && (this.secret || !matchMedia(ON_SCREEN_KEYBOARD).matches)
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
    this.keep()
    this.dispatchEvent(new SayEvent(words))
    this.focus()
  }
}
