import {html, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {repeat} from 'lit/directives/repeat.js'
import {icons} from '../icons.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import type {More} from '../more.js'
import {theme} from '../theme.js'
import type {Entry} from './turns.js'
import './message.js'
import {styles} from './log.styles.js'

/** How near to its end a list of messages counts as read to the end, in pixels. */
const NEAR_END = 80

/** A message is to be sent again: that of the answer with a key. */
export class RetryEvent extends Event {
  constructor(readonly answer: string) {
    super('retry')
  }
}

/**
 * The messages of a chat, or, while there are none, what stands in its light DOM. It stays at its end while it grows, until the
 * reader goes up.
 *
 * @fires retry - a message is to be sent again
 * @fires earlier - the messages before the first one are to be shown
 * @fires end - the reader went back to the end by the button
 */
@customElement('keyswitch-log')
export class Log extends LabelledElement {
  static override styles = [theme, styles]

  @property({attribute: false}) entries: readonly Entry[] = []
  /** What stands before the first message; null if nothing does. */
  @property({attribute: false}) earlier: More | null = null
  /** Whether an answer is in progress. */
  @property({type: Boolean}) busy = false
  /** What providers are called, by their ids. */
  @property({attribute: false}) providerNames: ReadonlyMap<string, string> = new Map()
  @state() private atEnd = true
  @query('.scroller') private scroller!: HTMLElement
  @query('.column') private column!: HTMLElement
  /** How far above the end the reader was before messages were put in front. */
  private fromEnd: number | null = null

  protected override firstUpdated(): void {
    let before = 0
    this.scroller.addEventListener('scroll', () => {
      const {scrollTop, scrollHeight, clientHeight} = this.scroller
      // What grows below moves the end away from readers; only they themselves go up.
      this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END || (this.atEnd && scrollTop >= before)
      before = scrollTop
    })
    const sizes = new ResizeObserver(() => {
      if (this.atEnd && this.entries.length > 0) this.scrollToEnd()
    })
    sizes.observe(this.scroller)
    sizes.observe(this.column)
  }

  /** Goes to the end, and stays there. */
  follow(): void {
    this.atEnd = true
    if (this.hasUpdated) this.scrollToEnd()
  }

  private scrollToEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('entries') as readonly Entry[] | undefined
    const inFront = before?.length && before[0] !== this.entries[0] && before.at(-1) === this.entries.at(-1)
    this.fromEnd = inFront ? this.scroller.scrollHeight - this.scroller.scrollTop : null
  }

  /** What is put in front leaves what is being read where it is. */
  protected override updated(): void {
    if (this.fromEnd !== null) this.scroller.scrollTop = this.scroller.scrollHeight - this.fromEnd
  }

  protected override render() {
    const empty = this.entries.length === 0
    return html`<div class="scroller">
        <div
          class=${empty ? 'column empty' : 'column'}
          role="log"
          aria-label=${labelsOf(this).log.conversation}
          aria-busy=${this.busy ? 'true' : 'false'}
        >
          ${empty ? html`<slot></slot>` : this.messages()}
        </div>
      </div>
      ${empty || this.atEnd ? nothing : this.wayToEnd()}`
  }

  private messages() {
    return html`
      ${this.earlier ? this.wayToEarlier(this.earlier) : nothing}
      ${repeat(
        this.entries,
        (entry) => entry.key,
        (entry) =>
          html`<keyswitch-message
            .entry=${entry}
            .providerNames=${this.providerNames}
            .locked=${entry.retry === true && this.busy}
            @retry=${() => this.dispatchEvent(new RetryEvent(entry.key))}
          ></keyswitch-message>`,
      )}
    `
  }

  private wayToEarlier({loading, problem}: More) {
    const labels = labelsOf(this)
    return html`<div class="earlier">
      <button
        class="button"
        type="button"
        aria-disabled=${loading ? 'true' : 'false'}
        @click=${() => this.tell('earlier')}
      >
        ${loading ? labels.common.loading : labels.log.earlier}
      </button>
      ${problem ? html`<p class="muted" role="alert" dir="auto">${problem(labels)}</p>` : nothing}
    </div>`
  }

  private wayToEnd() {
    return html`<button
      class="icon-button to-end"
      type="button"
      aria-label=${labelsOf(this).log.toEnd}
      @click=${this.goToEnd}
    >
      ${icons.down}
    </button>`
  }

  private goToEnd(): void {
    this.follow()
    this.tell('end')
  }

  private tell(name: 'earlier' | 'end'): void {
    this.dispatchEvent(new Event(name))
  }
}
