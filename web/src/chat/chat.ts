import {css, html, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {keyed} from 'lit/directives/keyed.js'
import {repeat} from 'lit/directives/repeat.js'
import {ConnectedElement, type News} from '../connection.js'
import {icons} from '../icons.js'
import {KEYSWITCH, type ModelConfig, type Offer} from '../protocol.js'
import {theme} from '../theme.js'
import './composer.js'
import type {Composer, SayEvent} from './composer.js'
import {Conversation} from './conversation.js'
import './message.js'
import './threads.js'
import type {ChooseThreadEvent, ThreadDeletedEvent, Threads} from './threads.js'
import './welcome.js'

/** Another thread is shown: `event.detail.threadId`, null for a new one. */
export const THREAD_CHANGED = 'keyswitch-thread-changed'
/** The user wants to see the settings. */
export const OPEN_SETTINGS = 'keyswitch-open-settings'

/** How near to its end a list of messages counts as read to the end, in pixels. */
const NEAR_END = 80

/**
 * The user's chats: `<keyswitch-chat endpoint="https://keyswitch.example"></keyswitch-chat>` and its property `getToken`.
 *
 * @fires keyswitch-thread-changed - another thread is shown
 * @fires keyswitch-config-changed - the model config was changed in the conversation
 * @fires keyswitch-open-settings - the user wants to see the settings
 */
@customElement('keyswitch-chat')
export class KeyswitchChat extends ConnectedElement {
  static override styles = [
    theme,
    css`
      :host {
        display: block;
        position: relative;
        container: chat / inline-size;
        height: 100%;
        min-height: 20rem;
        overflow: hidden;
        background: var(--background);
      }

      .layout {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        grid-template-rows: minmax(0, 1fr);
        height: 100%;
      }

      .layout.alone {
        grid-template-columns: minmax(0, 1fr);
      }

      keyswitch-threads {
        width: 17rem;
        border-right: 1px solid var(--border);
        background: var(--surface);
      }

      .chat {
        display: flex;
        flex-direction: column;
        min-width: 0;
        min-height: 0;
      }

      header {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 3.25rem;
        padding: 0.35rem 0.75rem;
      }

      .model {
        min-width: 0;
        max-width: 100%;
        margin-inline: auto;
        font-size: 0.875rem;
      }

      .model span {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      /* In line with what stands below it, scrollbar or not. */
      .log {
        position: relative;
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        scrollbar-gutter: stable both-edges;
        overscroll-behavior: contain;
      }

      .column {
        width: 100%;
        max-width: 48rem;
        margin-inline: auto;
        padding-inline: 1rem;
      }

      /* Far messages cost nothing until they are scrolled to. */
      keyswitch-message {
        content-visibility: auto;
        contain-intrinsic-size: auto 6rem;
      }

      .empty {
        display: grid;
        align-content: center;
        min-height: 100%;
      }

      .skeleton {
        height: 1.1rem;
        margin: 0 0 0.8rem;
      }

      .earlier {
        display: block;
        margin: 0.5rem auto 1rem;
      }

      .notice {
        padding: 1rem 0;
        text-align: center;
      }

      .bottom {
        position: relative;
        flex: none;
        padding-block: 0.5rem 0.75rem;
      }

      .to-end {
        position: absolute;
        bottom: calc(100% + 0.25rem);
        left: calc(50% - 1.25rem);
        border: 1px solid var(--border);
        background: var(--background);
        box-shadow: 0 2px 10px rgb(0 0 0 / 0.12);
      }

      .fine {
        margin: 0.5rem 0 0;
        font-size: 0.75rem;
        text-align: center;
      }

      .menu {
        display: none;
      }

      .shade {
        display: none;
      }

      @container chat (max-width: 800px) {
        .layout {
          grid-template-columns: minmax(0, 1fr);
        }

        keyswitch-threads {
          position: absolute;
          z-index: 2;
          inset: 0 auto 0 0;
          width: min(20rem, 85%);
          visibility: hidden;
          transform: translateX(-100%);
          transition:
            transform 0.2s,
            visibility 0.2s;
        }

        .open-threads keyswitch-threads {
          visibility: visible;
          transform: none;
          box-shadow: 0 0 40px rgb(0 0 0 / 0.3);
        }

        .open-threads .shade {
          display: block;
          position: absolute;
          z-index: 1;
          inset: 0;
          border: 0;
          border-radius: 0;
          background: rgb(0 0 0 / 0.35);
        }

        .menu {
          display: inline-grid;
        }
      }
    `,
  ]

  /** The thread to show; empty for a new one. */
  @property({attribute: 'thread-id'}) threadId = ''
  /** Leaves the list of threads out. */
  @property({type: Boolean, attribute: 'single-thread'}) singleThread = false

  @state() private config: ModelConfig | null | undefined
  @state() private offer: Offer | undefined
  /** What providers are called, by their ids. */
  private providerNames: ReadonlyMap<string, string> = new Map()
  @state() private threadsOpen = false
  @query('.log') private log!: HTMLElement
  @query('.log > .column') private column!: HTMLElement
  @query('keyswitch-composer') private composer!: Composer
  @query('keyswitch-threads') private threads!: Threads | null
  @state() private atEnd = true

  private readonly conversation = new Conversation(
    this,
    () => this.client,
    (threadId, servedBy) => {
      this.tellTabs({kind: 'thread', threadId})
      // It may have been about the model.
      if (servedBy.provider !== KEYSWITCH) return
      void this.readConfig()
      this.tellConfigChanged()
    },
  )

  protected override load(): void {
    this.config = undefined
    this.conversation.startNew()
    if (!this.user) return
    void this.readConfig()
    void this.readOffer()
    if (this.threadId) void this.conversation.open(this.threadId)
  }

  protected override refresh(news: News | 'anything'): void {
    if (news === 'anything' || news.kind === 'config') void this.readConfig()
    if (news === 'anything' || news.kind === 'thread') void this.threads?.refresh()
    if (news === 'anything' || (news.kind === 'thread' && news.threadId === this.conversation.threadId)) {
      void this.conversation.refresh()
    }
  }

  private async readConfig(): Promise<void> {
    const config = await this.call<ModelConfig | null>('getUserModelConfig').catch(() => undefined)
    if (config !== undefined) this.config = config
  }

  private async readOffer(): Promise<void> {
    const offer = await this.call<Offer>('listProviders').catch(() => undefined)
    if (!offer) return
    this.providerNames = new Map(offer.providers.map((provider) => [provider.id, provider.displayName]))
    this.offer = offer
  }

  protected override willUpdate(changed: PropertyValues): void {
    const {conversation} = this
    const shown = conversation.entries.length > 0 || conversation.loading ? conversation.threadId : ''
    if (changed.get('waiting') && !this.unreachable) void this.threads?.refresh()
    if (!changed.has('threadId') || changed.has('user') || !this.user || this.threadId === shown) return
    if (this.threadId === '') conversation.startNew()
    else void conversation.open(this.threadId)
  }

  /** The list stays at its end when it or what it holds changes its size, unless the reader has left the end. */
  protected override firstUpdated(): void {
    let before = 0
    this.log.addEventListener('scroll', () => {
      const {scrollTop, scrollHeight, clientHeight} = this.log
      // What grows below moves the end away from readers; only they themselves go up.
      this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END || (this.atEnd && scrollTop >= before)
      before = scrollTop
    })
    const sizes = new ResizeObserver(() => {
      if (this.atEnd && this.conversation.entries.length > 0) this.scrollToEnd()
    })
    sizes.observe(this.log)
    sizes.observe(this.column)
  }

  private goToEnd(): void {
    this.atEnd = true
    this.scrollToEnd()
    this.composer.focus()
  }

  private scrollToEnd(): void {
    this.log.scrollTop = this.log.scrollHeight
  }

  protected override render() {
    const {conversation} = this
    return html`<div class=${`layout ${this.threadsOpen ? 'open-threads' : ''} ${this.singleThread ? 'alone' : ''}`}>
      ${this.singleThread || !this.user ? nothing : this.threadList()}
      <section class="chat" aria-label="Chat">
        <header>
          ${
            this.singleThread
              ? nothing
              : html`<button
                  class="icon-button menu"
                  type="button"
                  aria-label="Your chats"
                  aria-expanded=${this.threadsOpen ? 'true' : 'false'}
                  @click=${() => (this.threadsOpen = !this.threadsOpen)}
                >
                  ${icons.menu}
                </button>`
          }
          <button class="button model" type="button" @click=${this.openSettings}>
            <span class="visually-hidden">Your model: </span><span>${this.modelName()}</span>
          </button>
        </header>
        <div class="log">
          <div
            class="column ${conversation.entries.length === 0 ? 'empty' : ''}"
            role="log"
            aria-label="Conversation"
            aria-busy=${conversation.busy ? 'true' : 'false'}
          >
            ${this.messages()}
          </div>
        </div>
        <div class="column bottom">
          ${
            this.atEnd || conversation.entries.length === 0
              ? nothing
              : html`<button
                  class="icon-button to-end"
                  type="button"
                  aria-label="To the last message"
                  @click=${this.goToEnd}
                >
                  ${icons.down}
                </button>`
          }
          ${keyed(
            `${this.user} ${conversation.threadId}`,
            html`<keyswitch-composer
              .flow=${conversation.flow}
              .busy=${conversation.busy}
              .keyPrefixes=${this.keyPrefixes()}
              @say=${this.say}
              @stop=${() => conversation.stop()}
            ></keyswitch-composer>`,
          )}
          <p class="fine muted">Models make mistakes. Your API keys are never shown to them.</p>
        </div>
      </section>
    </div>`
  }

  private threadList() {
    return html`<keyswitch-threads
        .client=${this.client}
        .current=${this.conversation.threadId}
        @choose=${this.choose}
        @deleted=${(event: ThreadDeletedEvent) => this.tellTabs({kind: 'thread', threadId: event.threadId})}
        @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && (this.threadsOpen = false)}
      ></keyswitch-threads>
      <button
        class="shade"
        type="button"
        aria-label="Close the list"
        @click=${() => (this.threadsOpen = false)}
      ></button>`
  }

  private messages() {
    const {conversation} = this
    if (conversation.loading) {
      return html`<div role="status" aria-label="Loading the conversation">
        ${
          conversation.problem
            ? html`<p class="notice muted">
                ${conversation.problem}
                <button class="button" type="button" @click=${() => conversation.hurry()}>Try now</button>
              </p>`
            : [90, 70, 80, 40].map(() => html`<div class="skeleton"></div>`)
        }
      </div>`
    }
    if (conversation.entries.length === 0) {
      return html`<keyswitch-welcome
        .gone=${conversation.gone}
        .problem=${conversation.problem ?? ''}
        .unreachable=${this.unreachable}
        @say=${this.say}
        @hurry=${this.tryNow}
      ></keyswitch-welcome>`
    }
    return html`
      ${
        conversation.earlier
          ? html`<button class="button earlier" type="button" @click=${this.loadEarlier}>Earlier messages</button>`
          : nothing
      }
      ${repeat(
        conversation.entries,
        (entry) => entry.key,
        (entry) =>
          html`<keyswitch-message
            .entry=${entry}
            .providerNames=${this.providerNames}
            @retry=${() => conversation.again()}
          ></keyswitch-message>`,
      )}
    `
  }

  private modelName(): string {
    const {config, offer} = this
    if (config === undefined || (config === null && !offer)) return '…'
    const model = config ?? offer?.defaultModel
    if (!model) return 'Choose a model'
    const whose = config?.keySource === 'own' ? `your key ••••${config.keyHint ?? ''}` : 'default key'
    return `${model.displayName} · ${model.modelId} · ${whose}`
  }

  private keyPrefixes(): readonly string[] {
    return this.offer?.providers.flatMap((provider) => provider.keyPrefixHint ?? []) ?? []
  }

  private say(event: SayEvent): void {
    void this.send(event.words)
  }

  private async send(words: SayEvent['words']): Promise<void> {
    this.atEnd = true
    const first = this.conversation.entries.length === 0
    const answered = this.conversation.say(words)
    if (first) this.tellThread(this.conversation.threadId)
    this.composer.focus()
    await answered
    await this.threads?.refresh()
  }

  private choose(event: ChooseThreadEvent): void {
    this.threadsOpen = false
    this.atEnd = true
    this.tellThread(event.threadId)
    if (event.threadId === null) this.conversation.startNew()
    else void this.conversation.open(event.threadId)
    // Every thread has a field of its own.
    void this.updateComplete.then(() => this.composer.focus())
  }

  private tellThread(threadId: string | null): void {
    this.threadId = threadId ?? ''
    this.dispatchEvent(new CustomEvent(THREAD_CHANGED, {bubbles: true, composed: true, detail: {threadId}}))
  }

  /** Keeps what is being read where it is. */
  private async loadEarlier(): Promise<void> {
    const fromEnd = this.log.scrollHeight - this.log.scrollTop
    await this.conversation.loadEarlier()
    await this.updateComplete
    this.log.scrollTop = this.log.scrollHeight - fromEnd
  }

  private openSettings(): void {
    this.dispatchEvent(new CustomEvent(OPEN_SETTINGS, {bubbles: true, composed: true}))
  }
}
