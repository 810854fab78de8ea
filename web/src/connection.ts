import type {PropertyValues} from 'lit'
import {property, state} from 'lit/decorators.js'
import {Client, Failure, sentence, Unreachable, type Token, type TokenSource} from './client.js'
import type {KeyswitchElement} from './elements.js'
import {leaveToInputMethod} from './input-method.js'
import {LabelledElement, labelsOf, labelsReady, languageOf, relabel} from './language/labelled.js'
import type {LabelOverrides} from './language/labels.js'
import {Patience} from './patience.js'

/** The model config was changed, by whichever component; both tell and both listen. */
export const CONFIG_CHANGED = 'keyswitch-config-changed'

const TABS = 'keyswitch'

/** What one tab tells the others: the model config is another, or so is a thread. */
export type News = {readonly kind: 'config'} | {readonly kind: 'thread'; readonly threadId: string}

/** What both components share: where Keyswitch is, who is signed in, and what has changed elsewhere. */
export abstract class ConnectedElement extends LabelledElement implements KeyswitchElement {
  @property() endpoint = ''
  @property({attribute: false}) getToken: TokenSource | null = null
  @property({attribute: false}) labels: LabelOverrides = {}

  /** Whose tokens `getToken` gives; null while nobody is signed in, undefined while that is not known. */
  @state() protected user: string | null | undefined

  /** How many calls have not reached Keyswitch, and are tried again. */
  @state() protected waiting = 0

  /** Why they have not. */
  private failure: unknown

  private readonly patience = new Patience()
  private tabs: BroadcastChannel | null = null
  private connected: {
    readonly endpoint: string
    readonly user: string | null | undefined
    readonly client: Client
  } | null = null

  /** The same one until the endpoint or the user is another. */
  protected get client(): Client {
    const {endpoint, user} = this
    if (this.connected?.endpoint !== endpoint || this.connected.user !== user) {
      const client = new Client(
        endpoint,
        () => this.tokenOf(user),
        () => languageOf(this),
      )
      this.connected = {endpoint, user, client}
    }
    return this.connected.client
  }

  /** A token of one user alone: what was said by one is never sent for another. */
  private async tokenOf(user: string | null | undefined): Promise<string> {
    const token = await this.token()
    const now = token ? userOf(token) : null
    if (token && now === user) return token
    this.user = now
    throw new Failure(now === null ? 'signedOut' : 'otherUser')
  }

  /** Why a sign-in gives no token is the page's to know, and may pass. */
  private async token(): Promise<Token> {
    try {
      return await this.getToken?.()
    } catch (failure) {
      console.warn('keyswitch: getToken failed:', failure)
      throw new Unreachable('signInFails')
    }
  }

  /** What stands in the way just now, as a sentence; empty if nothing does. */
  protected get trouble(): string {
    return this.waiting > 0 ? sentence(this.failure)(labelsOf(this)) : ''
  }

  /** Finds out who is signed in. */
  private async identify(): Promise<void> {
    const {getToken} = this
    if (getToken && this.user === null) this.user = undefined
    const current = () => this.isConnected && getToken === this.getToken
    const token = await this.persistently(() => this.token(), current)
    if (current()) this.user = token ? userOf(token) : null
  }

  /** Forgets what it shows, and reads it anew if somebody is signed in. Called for every user, with the one before. */
  protected abstract load(before: string | null | undefined): void

  /** Reads again what somebody else may have changed. */
  protected abstract refresh(news: News | 'anything'): void

  constructor() {
    super()
    this.addEventListener('keydown', leaveToInputMethod, {capture: true})
  }

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener(CONFIG_CHANGED, this.heard)
    document.addEventListener('visibilitychange', this.seen)
    this.tabs = new BroadcastChannel(TABS)
    this.tabs.addEventListener('message', this.told)
    if (this.hasUpdated) this.returned()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener(CONFIG_CHANGED, this.heard)
    document.removeEventListener('visibilitychange', this.seen)
    this.tabs?.close()
    this.patience.hurry()
  }

  /** Back in the page, or back in sight. */
  private returned(): void {
    if (this.user) this.refresh('anything')
    else if (this.getToken) void this.identify()
  }

  /** The first rendering waits a moment for the labels, so that users don't see English before their own language. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await labelsReady(this)
    super.scheduleUpdate()
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.get('labels')) relabel()
    if (changed.has('getToken')) void this.identify()
    if (changed.has('user') || (changed.has('endpoint') && this.user))
      this.load(changed.get('user') as string | undefined)
  }

  /** Calls a function, again and again while Keyswitch cannot be reached; undefined if the user has changed meanwhile. */
  protected async call<Result>(name: string, data: object = {}): Promise<Result | undefined> {
    const {client} = this
    const current = () => this.isConnected && client === this.client
    return this.persistently(() => client.call<Result>(name, data), current)
  }

  /** Attempts something again and again, and says meanwhile what stands in the way; undefined if it is not wanted any more. */
  private async persistently<Result>(
    attempt: () => Promise<Result>,
    isWanted: () => boolean,
  ): Promise<Result | undefined> {
    let failed = false
    try {
      return await this.patience.persist(attempt, isWanted, (failure) => {
        this.failure = failure
        if (!failed) this.waiting++
        failed = true
      })
    } finally {
      if (failed) this.waiting--
    }
  }

  /** Tries at once what waits to be tried again. */
  protected tryNow(): void {
    this.patience.hurry()
  }

  /** Tells the page, the other component on it, and other tabs. */
  protected tellConfigChanged(): void {
    this.tellTabs({kind: 'config'})
    this.dispatchEvent(new CustomEvent(CONFIG_CHANGED, {bubbles: true, composed: true}))
  }

  protected tellTabs(news: News): void {
    this.tabs?.postMessage(news)
  }

  private readonly told = (event: MessageEvent<News>): void => {
    if (this.user) this.refresh(event.data)
  }

  /** Another device may have changed something while this page was out of sight. */
  private readonly seen = (): void => {
    if (document.visibilityState === 'visible') this.returned()
  }

  private readonly heard = (event: Event): void => {
    if (this.user && !event.composedPath().includes(this)) this.refresh({kind: 'config'})
  }
}

/**
 * Whose token it is: its issuer and subject, or the token itself if it does not say. Told apart for the page's own sake alone;
 * the server is the one who checks.
 */
function userOf(token: string): string {
  try {
    const claims = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as {
      readonly iss?: string
      readonly sub?: string
    }
    return claims.sub === undefined ? token : `${claims.iss ?? ''} ${claims.sub}`
  } catch {
    return token
  }
}
