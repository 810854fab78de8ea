import {css, html, nothing} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {repeat} from 'lit/directives/repeat.js'
import {CallError, sentence} from '../client.js'
import {ConnectedElement} from '../connection.js'
import {icons} from '../icons.js'
import type {KeySource, ModelChoice, ModelChoiceResult, ModelConfig, ModelList, Provider} from '../protocol.js'
import {theme} from '../theme.js'
import './model-field.js'
import type {ModelField} from './model-field.js'
import './tokens.js'

type Verdict = {readonly kind: 'good' | 'warning' | 'bad'; readonly text: string}

/** Enough of a key to ask the provider with; shorter ones are still being typed. */
const LEAST_KEY = 8
const RELOAD_MS = 3_000

/**
 * The user's model settings: `<keyswitch-settings endpoint="https://keyswitch.example"></keyswitch-settings>` and its
 * property `getToken`.
 *
 * @fires keyswitch-config-changed - the model config was changed here
 */
@customElement('keyswitch-settings')
export class KeyswitchSettings extends ConnectedElement {
  static override styles = [
    theme,
    css`
      :host {
        display: block;
        container: settings / inline-size;
        background: var(--background);
      }

      h2 {
        margin: 2.25rem 0 0.75rem;
        font-size: 1.15rem;
      }

      .current {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.75rem 1rem;
        padding: 1.1rem 1.25rem;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        background: var(--surface);
      }

      .current dl {
        flex: 1 1 16rem;
        margin: 0;
        min-width: 0;
      }

      .current dt {
        color: var(--muted);
        font-size: 0.85rem;
      }

      .current dd {
        margin: 0;
        overflow-wrap: anywhere;
      }

      .current .name {
        font-size: 1.2rem;
        font-weight: 650;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
      }

      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0;
        margin-bottom: 0.5rem;
        font-weight: 600;
      }

      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr));
        gap: 0.6rem;
      }

      .card {
        position: relative;
        display: block;
        padding: 0.75rem 0.9rem;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        cursor: pointer;
        overflow-wrap: anywhere;
        transition: border-color 0.15s;
      }

      .card:hover {
        border-color: var(--accent);
      }

      .card:has(:checked) {
        border-color: var(--accent);
        background: color-mix(in srgb, var(--accent) 8%, var(--background));
        box-shadow: inset 0 0 0 1px var(--accent);
      }

      .card:has(:focus-visible) {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
      }

      .card input {
        position: absolute;
        opacity: 0;
        inset: 0;
        width: 100%;
        height: 100%;
        margin: 0;
        cursor: pointer;
      }

      .card strong {
        display: block;
        font-weight: 600;
      }

      .card span {
        color: var(--muted);
        font-weight: 400;
        font-size: 0.82rem;
      }

      form {
        display: grid;
        gap: 1.4rem;
        margin-top: 1.4rem;
      }

      label {
        display: block;
        margin-bottom: 0.3rem;
        font-weight: 600;
      }

      .sources {
        grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
      }

      .help {
        margin: 0.3rem 0 0;
        font-size: 0.85rem;
      }

      a {
        color: var(--accent);
      }

      a svg {
        width: 0.9em;
        height: 0.9em;
        vertical-align: -0.08em;
      }

      .verdict {
        display: flex;
        gap: 0.6rem;
        margin: 0;
        padding: 0.75rem 1rem;
        border: 1px solid currentColor;
        border-radius: var(--radius);
        overflow-wrap: anywhere;
      }

      .verdict svg {
        flex: none;
        margin-top: 0.15rem;
      }

      .good {
        color: var(--good);
      }

      .warning {
        color: light-dark(#7a4d00, #f3c46b);
      }

      .bad {
        color: var(--danger);
      }

      .skeleton {
        height: 4.2rem;
        margin-bottom: 0.6rem;
        border-radius: var(--radius);
      }
    `,
  ]

  /** What the default model is called. */
  @property({attribute: 'default-model'}) defaultModel = ''

  @state() private providers: readonly Provider[] | null = null
  @state() private config: ModelConfig | null = null
  @state() private unreachable = false
  @state() private chosen: Provider | null = null
  @state() private source: KeySource = 'own'
  @state() private model = ''
  @state() private key = ''
  @state() private accountId = ''
  @state() private list: ModelList | null = null
  @state() private listNote = ''
  @state() private listing = false
  @state() private checking = false
  @state() private verdict: Verdict | null = null
  /** Deleting waits for a yes. */
  @state() private sure = false
  @query('#key') private keyInput!: HTMLInputElement | null
  @query('keyswitch-model-field') private modelField!: ModelField | null
  @query('form') private formElement!: HTMLFormElement | null
  private asked = 0

  protected override async load(): Promise<void> {
    try {
      const [offered, config] = await Promise.all([
        this.client.call<{providers: readonly Provider[]}>('listProviders'),
        this.client.call<ModelConfig | null>('getUserModelConfig'),
      ])
      this.providers = offered.providers
      this.config = config
      this.unreachable = false
      const used = offered.providers.find((provider) => provider.id === config?.provider)
      if (used) this.choose(used)
    } catch (failure) {
      this.verdict = {kind: 'bad', text: sentence(failure)}
      this.unreachable = true
      if (!(failure instanceof CallError)) setTimeout(() => this.isConnected && void this.load(), RELOAD_MS)
    }
  }

  protected override async reloadConfig(): Promise<void> {
    this.config = await this.client.call<ModelConfig | null>('getUserModelConfig').catch(() => this.config)
    const used = this.providers?.find((provider) => provider.id === this.config?.provider)
    if (used && this.key === '') this.choose(used)
  }

  protected override render() {
    if (this.providers === null) return this.loading()
    return html`
      ${this.current()}
      <h2>Change it</h2>
      ${this.cards(this.providers)} ${this.chosen ? this.form(this.chosen) : this.shownVerdict()}
      <h2>Personal tokens</h2>
      <p class="muted">
        For programs that speak OpenAI’s protocol: they send the token in place of an API key, and your model answers.
      </p>
      <keyswitch-tokens .client=${this.client}></keyswitch-tokens>
    `
  }

  private loading() {
    return html`<div role="status" aria-label="Loading the settings">
      ${this.unreachable ? this.shownVerdict() : nothing}
      <div class="skeleton"></div>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`
  }

  private current() {
    const {config} = this
    return html`<section class="current" aria-label="Your model now">
      <dl>
        <dt>Your messages go to</dt>
        <dd class="name">
          ${config ? `${config.displayName} · ${config.modelId}` : this.defaultModel || 'The default model'}
        </dd>
        <dd>${whoPays(config)}</dd>
      </dl>
      ${config ? this.endings(config) : nothing}
    </section>`
  }

  private endings(config: ModelConfig) {
    const own = config.keySource === 'own'
    if (!this.sure) {
      return html`<div class="actions">
        <button class="button ${own ? 'danger' : ''}" type="button" @click=${() => (this.sure = true)}>
          ${own ? 'Delete key' : 'Back to default'}
        </button>
      </div>`
    }
    return html`<div class="actions" role="alertdialog" aria-label="Are you sure?">
      <span>${own ? 'The key will be deleted, and the default model answers.' : 'The default model will answer.'}</span>
      <button class="button ${own ? 'danger' : 'primary'}" type="button" @click=${this.backToDefault}>
        ${own ? 'Delete key, back to default' : 'Back to default'}
      </button>
      <button class="button" type="button" @click=${() => (this.sure = false)}>Keep</button>
    </div>`
  }

  private cards(providers: readonly Provider[]) {
    return html`<fieldset>
      <legend>Provider</legend>
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
                @change=${() => this.choose(provider)}
              />
              <strong>${provider.displayName}</strong>
              <span>${provider.projectKey ? 'Default key or your own' : 'Your own key'}</span>
            </label>`,
        )}
      </div>
    </fieldset>`
  }

  private form(provider: Provider) {
    const own = this.source === 'own'
    return html`<form autocomplete="off" novalidate @submit=${this.save}>
      ${provider.projectKey ? this.sources() : nothing} ${own && provider.accountId ? this.account(provider) : nothing}
      ${own ? this.keyField(provider) : nothing}
      <keyswitch-model-field
        .value=${this.model}
        .placeholder=${provider.defaultModelId}
        .models=${this.list?.models ?? []}
        .note=${this.listNote}
        .loading=${this.listing}
        @input=${() => (this.model = this.modelField?.value ?? '')}
        @enter=${() => this.formElement?.requestSubmit()}
      ></keyswitch-model-field>
      <div class="actions">
        <button class="button primary" type="submit" ?disabled=${this.checking}>
          ${this.checking ? 'Checking …' : own && !this.keepsKey(provider) ? 'Check and save' : 'Save'}
        </button>
      </div>
      ${this.shownVerdict()}
    </form>`
  }

  private sources() {
    const card = (source: KeySource, title: string, detail: string) =>
      html`<label class="card">
        <input
          type="radio"
          name="source"
          .checked=${this.source === source}
          @change=${() => {
            this.source = source
            void this.suggest()
          }}
        />
        <strong>${title}</strong>
        <span>${detail}</span>
      </label>`
    return html`<fieldset>
      <legend>Who pays</legend>
      <div class="cards sources">
        ${card('project', 'Default key', 'The app pays, with a daily allowance')}
        ${card('own', 'Your own key', 'You pay your provider, without an allowance')}
      </div>
    </fieldset>`
  }

  private account(provider: Provider) {
    const rule = provider.accountId
    return html`<div>
      <label for="account">${rule?.label}</label>
      <input
        id="account"
        class="field"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="account-help"
        .value=${this.accountId}
        @input=${(event: InputEvent) => (this.accountId = (event.target as HTMLInputElement).value.trim())}
        @change=${() => this.suggest()}
      />
      <p class="help muted" id="account-help">${rule?.help}</p>
    </div>`
  }

  private keyField(provider: Provider) {
    const stored = this.storedHint(provider)
    return html`<div>
      <label for="key">API key</label>
      <input
        id="key"
        class="field"
        type="password"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="key-help"
        placeholder=${
          stored
            ? `Stored: ••••${stored}. Leave empty to keep it`
            : provider.keyPrefixHint
              ? `Begins with ${provider.keyPrefixHint}`
              : 'Paste your key'
        }
        @input=${(event: InputEvent) => (this.key = (event.target as HTMLInputElement).value)}
        @change=${() => this.suggest()}
      />
      <p class="help muted" id="key-help">
        Stored encrypted, sent to ${provider.displayName} alone, and never shown again.
        ${
          provider.keyHelpUrl?.startsWith('https://')
            ? html`<a href=${provider.keyHelpUrl} target="_blank" rel="noopener noreferrer"
                >Get a key ${icons.outside}</a
              >`
            : nothing
        }
      </p>
    </div>`
  }

  private shownVerdict() {
    const {verdict} = this
    return html`<div role="status" aria-live="polite">
      ${
        verdict
          ? html`<p class="verdict ${verdict.kind}">
              ${verdict.kind === 'bad' ? icons.close : icons.check}<span>${verdict.text}</span>
            </p>`
          : nothing
      }
    </div>`
  }

  /** The end of the stored key, if it is this provider's. */
  private storedHint(provider: Provider): string {
    const {config} = this
    return config?.provider === provider.id && config.keySource === 'own' ? (config.keyHint ?? '') : ''
  }

  private keepsKey(provider: Provider): boolean {
    return this.key === '' && this.storedHint(provider) !== ''
  }

  private choose(provider: Provider): void {
    const used = this.config?.provider === provider.id ? this.config : null
    this.chosen = provider
    this.source = used?.keySource ?? (provider.projectKey ? 'project' : 'own')
    this.model = used?.modelId ?? provider.defaultModelId
    this.accountId = used?.accountId ?? ''
    this.clearKey()
    this.verdict = null
    void this.suggest()
  }

  private clearKey(): void {
    this.key = ''
    if (this.keyInput) this.keyInput.value = ''
  }

  /** Asks what models there are, with the key that was typed or the one that would be used. */
  private async suggest(): Promise<void> {
    const provider = this.chosen
    if (!provider) return
    const asked = ++this.asked
    const accountMissing = this.source === 'own' && provider.accountId && !this.accountIdFits(provider)
    if (accountMissing) {
      this.list = null
      this.listNote = ''
      return
    }
    const given = this.source === 'own' && this.key.trim().length >= LEAST_KEY
    this.listing = true
    this.list = null
    this.listNote = ''
    try {
      const list = await this.client.call<ModelList>('listModels', {
        provider: provider.id,
        ...(given && {apiKey: this.key}),
        ...(this.source === 'own' && this.accountId && {accountId: this.accountId}),
      })
      if (asked !== this.asked) return
      this.list = list
      this.listNote = suggestionNote(list)
    } catch (failure) {
      if (asked === this.asked && given) this.listNote = sentence(failure)
    } finally {
      if (asked === this.asked) this.listing = false
    }
  }

  private async save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const provider = this.chosen
    if (!provider || this.checking) return
    const missing = this.missing(provider)
    if (missing) {
      this.verdict = {kind: 'bad', text: missing}
      return
    }
    this.checking = true
    this.verdict = null
    try {
      const result = await this.client.call<ModelChoiceResult>('updateUserModelConfig', this.choice(provider))
      this.saved(result)
    } catch (failure) {
      this.verdict = {kind: 'bad', text: sentence(failure)}
      if (failure instanceof CallError && failure.reason === 'invalid_key') this.keyInput?.focus()
    } finally {
      this.checking = false
    }
  }

  private missing(provider: Provider): string | null {
    if (this.source === 'own' && provider.accountId) {
      if (!this.accountId) return `Please enter your ${provider.accountId.label}.`
      if (!this.accountIdFits(provider)) {
        return `This is no ${provider.accountId.label}. ${provider.accountId.help}`
      }
    }
    if (this.source === 'own' && this.key.trim() === '' && !this.keepsKey(provider)) {
      return `Please paste your ${provider.displayName} API key.`
    }
    return this.model.trim().length < 2 ? 'Please choose a model, or type its id.' : null
  }

  private accountIdFits(provider: Provider): boolean {
    return new RegExp(provider.accountId?.pattern ?? '').test(this.accountId)
  }

  private choice(provider: Provider): ModelChoice {
    const base = {provider: provider.id, modelId: this.model.trim()}
    if (this.source === 'project') return {...base, useProjectKey: true}
    return {
      ...base,
      ...(this.key.trim() && {apiKey: this.key}),
      ...(this.accountId && {accountId: this.accountId}),
    }
  }

  private saved(result: ModelChoiceResult): void {
    const accountId = this.source === 'own' && this.accountId ? {accountId: this.accountId} : {}
    this.config = {...result, ...accountId}
    this.clearKey()
    this.sure = false
    this.verdict = result.warning
      ? {kind: 'warning', text: result.warning}
      : {kind: 'good', text: `${result.displayName} answers now, with ${result.modelId}. ${whoPays(result)}`}
    this.tellConfigChanged()
  }

  private async backToDefault(): Promise<void> {
    try {
      await this.client.call('deleteUserModelConfig')
      this.config = null
      this.chosen = null
      this.verdict = {kind: 'good', text: 'The default model answers now. No key of yours is stored.'}
      this.tellConfigChanged()
    } catch (failure) {
      this.verdict = {kind: 'bad', text: sentence(failure)}
    } finally {
      this.sure = false
    }
  }
}

function whoPays(config: ModelConfig | null): string {
  return config?.keySource === 'own'
    ? `You pay, with your own key ••••${config.keyHint ?? ''}.`
    : 'The app pays, with the default key.'
}

function suggestionNote(list: ModelList): string {
  if (list.source === 'registry') return 'Any model id can be typed.'
  const count = list.models.length
  if (count === 0) return 'The provider lists no models. Any model id can be typed.'
  const whose = {given: 'your key', stored: 'your stored key', project: 'the default key'}[list.source]
  return `${count} ${count === 1 ? 'model' : 'models'} for ${whose}. Any other id can be typed, too.`
}
