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

  protected get client(): Client {
    return new Client(this.endpoint, this.getToken ?? (() => Promise.reject(new Error('getToken is not set'))))
  }

  /** Reads what the component shows. Called again when another user is signed in. */
  protected abstract load(): void

  /** Reads the model config again, which something else has changed. */
  protected abstract reloadConfig(): void

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener(CONFIG_CHANGED, this.heard)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener(CONFIG_CHANGED, this.heard)
  }

  protected override updated(changed: PropertyValues): void {
    if (this.getToken && (changed.has('getToken') || changed.has('endpoint'))) this.load()
  }

  /** Tells the page, and the other component on it. */
  protected tellConfigChanged(): void {
    this.dispatchEvent(new CustomEvent(CONFIG_CHANGED, {bubbles: true, composed: true}))
  }

  private readonly heard = (event: Event): void => {
    if (this.getToken && !event.composedPath().includes(this)) this.reloadConfig()
  }
}
