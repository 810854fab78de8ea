import {html, nothing, type PropertyValues, type TemplateResult} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {ifDefined} from 'lit/directives/if-defined.js'
import {keyed} from 'lit/directives/keyed.js'
import {ConnectedElement, type News} from '../connection.js'
import type {KeyswitchChat} from '../elements.js'
import {icons} from '../icons.js'
import {directionOf, labelsOf, languageOf} from '../language/labelled.js'
import {KEYSWITCH, type ModelConfig, type Offer} from '../protocol.js'
import {theme} from '../theme.js'
import './composer.js'
import type {Composer, SayEvent} from './composer.js'
import {Conversation} from './conversation.js'
import {drafts} from './drafts.js'
import './log.js'
import type {Log, RetryEvent} from './log.js'
import './threads.js'
import type {ChooseThreadEvent, ThreadDeletedEvent, Threads} from './threads.js'
import {unanswered} from './unanswered.js'
import './welcome.js'
import {styles} from './chat.styles.js'

/** Another thread is shown: `event.detail.threadId`, null for a new one. */
export const THREAD_CHANGED = 'keyswitch-thread-changed'
/** The user wants to see the settings; `event.detail.threadId` is the thread whose own model it is about, else null. */
export const OPEN_SETTINGS = 'keyswitch-open-settings'

/**
 * The user's chats: `<keyswitch-chat endpoint="https://keyswitch.example"></keyswitch-chat>` and its property `getToken`.
 *
 * @fires keyswitch-thread-changed - another thread is shown
 * @fires keyswitch-config-changed - the model config was changed in the conversation
 * @fires keyswitch-open-settings - the user wants to see the settings
 */
@customElement('keyswitch-chat')
export class Chat extends ConnectedElement implements KeyswitchChat {
  static override styles = [theme, styles]

  @property({attribute: 'thread-id'}) threadId = ''
  @property({type: Boolean, attribute: 'single-thread'}) singleThread = false

  /** What answers in the thread that is open; null for the default. */
  @state() private config: ModelConfig | null | undefined
  /** The thread that the config was read for. */
  private configOf = ''
  @state() private offer: Offer | undefined
  /** What providers are called, by their ids. */
  private providerNames: ReadonlyMap<string, string> = new Map()
  @state() private threadsOpen = false
  /** How keys begin; null as long as that is not known. */
  private keyPrefixes: readonly string[] | null = null
  @query('keyswitch-log') private log!: Log
  @query('keyswitch-composer') private composer!: Composer
  @query('keyswitch-threads') private threads!: Threads | null
  @query('.menu') private menu!: HTMLElement | null
  private wantsFocus = false

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

  protected override load(before: string | null | undefined): void {
    this.config = undefined
    if (this.user || before) for (const kept of [drafts, unanswered]) kept.belongTo(this.user ?? null)
    this.conversation.startNew()
    // What somebody else was reading is nobody's wish.
    if (before) this.tellThread(null)
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
    const {threadId} = this.conversation
    // What another thread uses is not to be seen meanwhile.
    if (threadId !== this.configOf) this.config = undefined
    this.configOf = threadId
    const config = await this.call<ModelConfig | null>('getUserModelConfig', {threadId}).catch(() => undefined)
    if (config !== undefined && threadId === this.conversation.threadId) this.config = config
  }

  private async readOffer(): Promise<void> {
    const offer = await this.call<Offer>('listProviders').catch(() => undefined)
    if (!offer) return
    this.providerNames = new Map(offer.providers.map((provider) => [provider.id, provider.displayName]))
    this.keyPrefixes = offer.providers.flatMap((provider) => provider.keyPrefixHint ?? [])
    this.offer = offer
  }

  protected override willUpdate(changed: PropertyValues): void {
    const {conversation} = this
    const shown = conversation.entries.length > 0 || conversation.loading ? conversation.threadId : ''
    if (changed.get('waiting') && !this.trouble) void this.threads?.refresh()
    if (!changed.has('threadId') || changed.has('user') || !this.user || this.threadId === shown) return
    if (this.threadId === '') conversation.startNew()
    else void conversation.open(this.threadId)
  }

  /** Gives the focus to the field, as soon as one can write there. */
  override focus(): void {
    this.wantsFocus = true
    this.requestUpdate()
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    if (this.user && this.conversation.threadId !== this.configOf) void this.readConfig()
    if (!this.wantsFocus || !this.user) return
    this.wantsFocus = false
    void this.updateComplete.then(() => this.composer.focus())
  }

  protected override render() {
    const {conversation} = this
    const {chat} = labelsOf(this)
    return html`<div
      lang=${languageOf(this)}
      dir=${ifDefined(directionOf(this))}
      class=${`layout ${this.threadsOpen ? 'open-threads' : ''} ${this.singleThread ? 'alone' : ''}`}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.closeThreads()}
    >
      ${this.singleThread ? nothing : this.threadList()}
      <section class="chat" aria-label=${chat.region}>
        <header>${this.user === null ? nothing : this.headerButtons()}</header>
        <keyswitch-log
          .entries=${conversation.entries}
          .earlier=${conversation.earlier}
          .busy=${conversation.busy}
          .providerNames=${this.providerNames}
          @retry=${(event: RetryEvent) => this.retry(event.answer)}
          @earlier=${() => conversation.loadEarlier()}
          @end=${() => this.composer.focus()}
        >
          ${conversation.loading ? this.loading() : conversation.entries.length === 0 ? this.welcome() : nothing}
        </keyswitch-log>
        <div class="column bottom">
          ${keyed(
            `${this.user} ${conversation.threadId}`,
            html`<keyswitch-composer
              .threadId=${conversation.isNew ? '' : conversation.threadId}
              .loading=${conversation.loading}
              .disabled=${!this.user}
              .placeholder=${this.user === null ? chat.placeholderSignedOut : chat.placeholder}
              .flow=${conversation.flow}
              .suggestions=${conversation.suggestions}
              .busy=${conversation.busy}
              .keyPrefixes=${this.keyPrefixes}
              @say=${this.say}
              @stop=${() => conversation.stop()}
            ></keyswitch-composer>`,
          )}
          <p class="fine muted">${chat.note}</p>
        </div>
      </section>
    </div>`
  }

  private headerButtons() {
    const {chat, threads} = labelsOf(this)
    return html`${
        this.singleThread
          ? nothing
          : html`<button
              class="icon-button menu"
              type="button"
              aria-label=${threads.list}
              aria-expanded=${this.threadsOpen ? 'true' : 'false'}
              @click=${this.openThreads}
            >
              ${icons.menu}
            </button>`
      }
      <button class="button model" type="button" @click=${this.openSettings}>
        <span class="visually-hidden">${chat.yourModel} </span><span class="parts">${this.modelName()}</span>
      </button>`
  }

  /** Its place is kept while nobody is signed in, so that nothing jumps. */
  private threadList() {
    if (!this.user) return html`<div class="threads"></div>`
    return html`<keyswitch-threads
        class="threads"
        .client=${this.client}
        .current=${this.conversation.threadId}
        @choose=${this.choose}
        @deleted=${this.deleted}
        @focusout=${this.leftThreads}
      ></keyswitch-threads>
      <button
        class="shade"
        type="button"
        tabindex="-1"
        aria-label=${labelsOf(this).chat.closeThreads}
        @click=${this.closeThreads}
      ></button>`
  }

  /** On a narrow screen the list lies over the chat. */
  private async openThreads(): Promise<void> {
    this.threadsOpen = true
    await this.updateComplete
    this.threads?.focus()
  }

  private async closeThreads(): Promise<void> {
    if (!this.threadsOpen) return
    this.threadsOpen = false
    await this.updateComplete
    this.menu?.focus()
  }

  /** Who goes on with the Tab key is in the chat, which the list would hide. */
  private leftThreads(event: FocusEvent): void {
    if (event.relatedTarget && !this.threads?.contains(event.relatedTarget as Node)) this.threadsOpen = false
  }

  private loading() {
    const {conversation} = this
    const labels = labelsOf(this)
    return html`<div role="status" aria-label=${labels.chat.loading}>
      ${
        conversation.problem
          ? html`<p class="notice muted" dir="auto">
              ${conversation.problem(labels)}
              <button class="button" type="button" @click=${() => conversation.hurry()}>${labels.common.tryNow}</button>
            </p>`
          : [90, 70, 80, 40].map(() => html`<div class="skeleton"></div>`)
      }
    </div>`
  }

  private welcome() {
    const {conversation} = this
    return html`<keyswitch-welcome
      .gone=${conversation.gone}
      .signedOut=${this.user === null}
      .disabled=${!this.user}
      .problem=${conversation.problem?.(labelsOf(this)) ?? ''}
      .trouble=${this.trouble}
      @say=${this.say}
      @again=${() => conversation.open(conversation.threadId)}
      @hurry=${this.tryNow}
    ></keyswitch-welcome>`
  }

  private modelName(): string | TemplateResult {
    const {config, offer} = this
    const {chat, key} = labelsOf(this)
    if (config === undefined || (config === null && !offer)) return '…'
    const model = config ?? offer?.defaultModel
    if (!model) return chat.chooseModel
    const whose = config?.keySource === 'own' ? key.ownEnding(config.keyHint ?? '') : key.project
    return html`<bdi>${model.displayName}</bdi> · <bdi>${model.modelId}</bdi><span> · ${whose}</span>`
  }

  private say(event: SayEvent): void {
    void this.send(event.words)
  }

  private async send(words: SayEvent['words']): Promise<void> {
    this.log.follow()
    const first = this.conversation.entries.length === 0
    const answered = this.conversation.say(words)
    if (first) this.tellThread(this.conversation.threadId)
    this.composer.focus()
    await answered
    await this.threads?.refresh()
  }

  private retry(answer: string): void {
    if (answer === this.conversation.entries.at(-1)?.key) this.log.follow()
    this.composer.focus()
    void this.conversation.again(answer)
  }

  private choose(event: ChooseThreadEvent): void {
    this.threadsOpen = false
    this.log.follow()
    this.tellThread(event.threadId)
    if (event.threadId === null) this.conversation.startNew()
    else void this.conversation.open(event.threadId)
    // Every thread has a field of its own.
    void this.updateComplete.then(() => this.composer.focus())
  }

  private deleted({threadId}: ThreadDeletedEvent): void {
    for (const kept of [drafts, unanswered]) kept.remove(threadId)
    this.tellTabs({kind: 'thread', threadId})
  }

  private tellThread(threadId: string | null): void {
    this.threadId = threadId ?? ''
    this.dispatchEvent(new CustomEvent(THREAD_CHANGED, {bubbles: true, composed: true, detail: {threadId}}))
  }

  private openSettings(): void {
    const threadId = this.config?.scope === 'thread' ? this.configOf : null
    this.dispatchEvent(new CustomEvent(OPEN_SETTINGS, {bubbles: true, composed: true, detail: {threadId}}))
  }
}
