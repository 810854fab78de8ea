import {LitElement, type PropertyValues} from 'lit'
import {property} from 'lit/decorators.js'
import {Client, type TokenSource} from './client.js'

/** The model config was changed, by whichever component; both tell and both listen. */
export const CONFIG_CHANGED = 'keyswitch-config-changed'

/** What both components share: where Keyswitch is, and who is signed in. */
export abstract class ConnectedElement extends LitElement {
  /** Where Keyswitch is, for instance `https://keyswitch.example`; empty for the server of the page. */
  @property() endpoint = ''

  /** Gives the ID token of the signed-in user. Nothing is asked of Keyswitch before it is set. */
  @property({attribute: false}) getToken: TokenSource | null = null

  private connected: {
    readonly endpoint: string
    readonly getToken: TokenSource | null
    readonly client: Client
  } | null = null

  /** The same one until the endpoint or the user is another. */
  protected get client(): Client {
    const {endpoint, getToken} = this
    if (this.connected?.endpoint !== endpoint || this.connected.getToken !== getToken) {
      const token = getToken ?? (() => Promise.reject(new Error('Nobody is signed in.')))
      this.connected = {endpoint, getToken, client: new Client(endpoint, token)}
    }
    return this.connected.client
  }

  /** Reads what the component shows. Called again when another user is signed in. */
  protected abstract load(): void

  /** Reads the model config again, which something else has changed. */
  protected abstract reloadConfig(): void

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener(CONFIG_CHANGED, this.heard)
    document.addEventListener('visibilitychange', this.seen)
    this.tabs = new BroadcastChannel(CONFIG_CHANGED)
    this.tabs.addEventListener('message', this.seen)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener(CONFIG_CHANGED, this.heard)
    document.removeEventListener('visibilitychange', this.seen)
    this.tabs?.close()
  }

  protected override updated(changed: PropertyValues): void {
    if (this.getToken && (changed.has('getToken') || changed.has('endpoint'))) this.load()
  }

  /** Tells the page, the other component on it, and other tabs. */
  protected tellConfigChanged(): void {
    this.tabs?.postMessage(null)
    this.dispatchEvent(new CustomEvent(CONFIG_CHANGED, {bubbles: true, composed: true}))
  }

  private tabs: BroadcastChannel | null = null

  /** Another tab, or another device while this one was out of sight, may have changed the config. */
  private readonly seen = (): void => {
    if (this.getToken) this.reloadConfig()
  }

  private readonly heard = (event: Event): void => {
    if (this.getToken && !event.composedPath().includes(this)) this.reloadConfig()
  }
}
