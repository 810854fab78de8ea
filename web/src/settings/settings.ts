import {html, nothing} from 'lit'
import {customElement, query, state} from 'lit/decorators.js'
import {ifDefined} from 'lit/directives/if-defined.js'
import {repeat} from 'lit/directives/repeat.js'
import {sentence} from '../client.js'
import {ConnectedElement, type News} from '../connection.js'
import type {KeyswitchSettings} from '../elements.js'
import {directionOf, labelsOf, languageOf} from '../language/labelled.js'
import type {Sentence} from '../language/labels.js'
import type {ModelConfig, Offer, Provider, StoredKey, ThreadModel} from '../protocol.js'
import {theme} from '../theme.js'
import {cardStyles} from './cards.js'
import './choice-form.js'
import type {ChoiceForm, SavedEvent} from './choice-form.js'
import './current-model.js'
import './keys.js'
import {afterSaving, sameSetup, type Setup} from './setup.js'
import './thread-models.js'
import type {ThreadModels} from './thread-models.js'
import './tokens.js'
import {styles} from './settings.styles.js'

/** Below this part of the window a form is out of view. */
const IN_VIEW = 0.6

/**
 * The user's model settings: `<keyswitch-settings endpoint="https://keyswitch.example"></keyswitch-settings>` and its
 * property `getToken`.
 *
 * @fires keyswitch-config-changed - the model config was changed here
 */
@customElement('keyswitch-settings')
export class Settings extends ConnectedElement implements KeyswitchSettings {
  static override styles = [theme, cardStyles, styles]

  @state() private offer: Offer | undefined
  @state() private setup: Setup | undefined
  @state() private chosen: Provider | null = null
  /** Why the settings could not be read; null if they could. */
  @state() private problem: Sentence | null = null
  @query('keyswitch-choice-form') private choiceForm!: ChoiceForm | null
  @query('keyswitch-thread-models') private threadModels!: ThreadModels | null

  protected override load(): void {
    this.offer = undefined
    this.setup = undefined
    this.chosen = null
    this.problem = null
    if (this.user) void this.read()
  }

  protected override refresh(news: News | 'anything'): void {
    if (news === 'anything' || news.kind === 'config') void this.read()
  }

  /** Leads to the own model of a thread, and to the button that undoes it. */
  async showThread(threadId: string): Promise<void> {
    // It may have been chosen just now.
    await this.read()
    await this.updateComplete
    await this.threadModels?.point(threadId)
  }

  private async read(): Promise<void> {
    try {
      const [offer, setup] = await Promise.all([this.offer ?? this.call<Offer>('listProviders'), this.readSetup()])
      if (offer === undefined || setup === undefined) return
      this.offer = offer
      if (!sameSetup(setup, this.setup)) this.use(setup)
    } catch (failure) {
      if (this.setup === undefined) this.problem = sentence(failure)
    }
  }

  private async readSetup(): Promise<Setup | undefined> {
    const [config, keys, threads] = await Promise.all([
      this.call<ModelConfig | null>('getUserModelConfig'),
      this.call<{readonly keys: readonly StoredKey[]}>('listApiKeys'),
      this.call<{readonly threads: readonly ThreadModel[]}>('listThreadModelConfigs'),
    ])
    if (config === undefined || keys === undefined || threads === undefined) return undefined
    return {config, keys: keys.keys, threads: threads.threads}
  }

  private again(): void {
    this.problem = null
    void this.read()
  }

  /** Shows what is in use. A choice that was begun stays. */
  private use(setup: Setup): void {
    this.setup = setup
    if (this.choiceForm?.begun) return
    this.chosen = this.offer?.providers.find((provider) => provider.id === setup.config?.provider) ?? null
  }

  protected override render() {
    return html`<div lang=${languageOf(this)} dir=${ifDefined(directionOf(this))}>${this.content()}</div>`
  }

  private content() {
    const {offer, setup} = this
    const {settings} = labelsOf(this)
    if (offer === undefined || setup === undefined) return this.loading()
    return html`
      <keyswitch-current-model
        .client=${this.client}
        .config=${setup.config}
        .defaultModel=${offer.defaultModel}
        @deleted=${this.deleted}
      ></keyswitch-current-model>
      <h2>${settings.change}</h2>
      ${this.cards(offer.providers)}
      ${
        this.chosen
          ? html`<keyswitch-choice-form
              .client=${this.client}
              .provider=${this.chosen}
              .setup=${setup}
              @saved=${this.saved}
            ></keyswitch-choice-form>`
          : nothing
      }
      ${setup.keys.length > 0 ? this.keys(setup) : nothing}
      ${setup.threads.length > 0 ? this.threadList(setup) : nothing}
      <h2>${settings.tokens}</h2>
      <p class="muted">${settings.tokensHelp}</p>
      <keyswitch-tokens .client=${this.client}></keyswitch-tokens>
    `
  }

  private keys(setup: Setup) {
    const {settings} = labelsOf(this)
    return html`<h2>${settings.keys}</h2>
      <p class="muted">${settings.keysHelp}</p>
      <keyswitch-keys .client=${this.client} .setup=${setup} @changed=${this.changed}></keyswitch-keys>`
  }

  private threadList({threads}: Setup) {
    const {settings} = labelsOf(this)
    return html`<h2>${settings.threadModels}</h2>
      <keyswitch-thread-models
        .client=${this.client}
        .threads=${threads}
        @changed=${this.changed}
      ></keyswitch-thread-models>`
  }

  private loading() {
    const labels = labelsOf(this)
    const {common, settings} = labels
    if (this.user === null) {
      return html`<p class="signed-out" role="status">
        <strong>${settings.signedOutTitle}</strong> ${settings.signedOut}
      </p>`
    }
    if (this.problem) {
      return html`<p role="alert" dir="auto">
        ${this.problem(labels)}
        <button class="button" type="button" @click=${this.again}>${common.tryAgain}</button>
      </p>`
    }
    if (this.trouble) {
      return html`<p role="status">
        ${common.tryingAgain(this.trouble)}
        <button class="button" type="button" @click=${this.tryNow}>${common.tryNow}</button>
      </p>`
    }
    return html`<div role="status" aria-label=${settings.loading}>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`
  }

  private cards(providers: readonly Provider[]) {
    const {settings} = labelsOf(this)
    return html`<fieldset>
      <legend>${settings.provider}</legend>
      <div class="cards">
        ${repeat(
          providers,
          (provider) => provider.id,
          (provider) =>
            html`<label class="card">
              <input
                type="radio"
                name="provider"
                .checked=${provider.id === this.chosen?.id}
                @change=${() => (this.chosen = provider)}
                @click=${this.clicked}
              />
              <strong><bdi>${provider.displayName}</bdi></strong>
              <span>
                ${provider.projectKey ? settings.defaultOrOwnKey : settings.ownKey}${
                  provider.id === this.setup?.config?.provider ? ' · ' + settings.inUse : ''
                }
              </span>
            </label>`,
        )}
      </div>
    </fieldset>`
  }

  /** On a narrow screen the form stands below all cards. Arrow keys click, too, but leave the page where it is. */
  private async clicked(event: MouseEvent): Promise<void> {
    const byKeyboard = event.detail === 0
    await this.updateComplete
    const form = this.choiceForm
    if (byKeyboard || !form || form.getBoundingClientRect().top < window.innerHeight * IN_VIEW) return
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    form.scrollIntoView({block: 'start', behavior: still ? 'auto' : 'smooth'})
  }

  private saved(event: SavedEvent): void {
    if (this.setup) this.setup = afterSaving(this.setup, event.config)
    this.changed()
  }

  private deleted(): void {
    this.chosen = null
    if (this.setup) this.setup = {...this.setup, config: null}
    this.changed()
  }

  /** Something was changed here: keys and threads are read anew. */
  private changed(): void {
    this.tellConfigChanged()
    void this.read()
  }
}
