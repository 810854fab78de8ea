import {css, html, LitElement, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {CallError, sentence, type Client} from '../client.js'
import {icons} from '../icons.js'
import type {KeySource, ModelChoice, ModelChoiceResult, ModelConfig, ModelList, Provider} from '../protocol.js'
import {theme} from '../theme.js'
import {cardStyles} from './cards.js'
import './model-field.js'
import type {ModelField} from './model-field.js'
import {shown, verdictStyles, type Verdict} from './verdict.js'
import {whoPays} from './who-pays.js'

/** A choice was checked and is in use. */
export class SavedEvent extends Event {
  constructor(readonly config: ModelConfig) {
    super('saved')
  }
}

type Field = 'account' | 'key' | 'model'

/** What is wrong with what a field holds. */
interface Mistake {
  readonly field: Field
  readonly text: string
}

/** The fields that refusals are about, by reason; other refusals are about the whole. */
const FIELD_OF: Readonly<Record<string, Field>> = {
  invalid_key: 'key',
  no_stored_key: 'key',
  invalid_account_id: 'account',
  key_in_model: 'model',
}

/** Enough of a key to ask the provider with; shorter ones are still being typed. */
const LEAST_KEY = 8

/**
 * Key source, account id, key and model id of one provider.
 *
 * @fires saved - the choice was checked and is in use
 */
@customElement('keyswitch-choice-form')
export class ChoiceForm extends LitElement {
  static override styles = [
    theme,
    cardStyles,
    verdictStyles,
    css`
      :host {
        display: block;
      }

      form {
        display: grid;
        gap: 1.4rem;
      }

      .cards {
        grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
      }

      label:not(.card) {
        display: block;
        margin-bottom: 0.3rem;
        font-weight: 600;
      }

      .help,
      .mistake {
        margin: 0.3rem 0 0;
        font-size: 0.85rem;
      }

      .mistake {
        color: var(--danger);
      }

      .mistake:empty {
        display: none;
      }

      a {
        color: var(--accent);
      }

      a svg {
        width: 0.9em;
        height: 0.9em;
        vertical-align: -0.08em;
      }
    `,
  ]

  @property({attribute: false}) client!: Client
  @property({attribute: false}) provider!: Provider
  /** What is in use; null for the default. */
  @property({attribute: false}) config: ModelConfig | null = null

  @state() private source: KeySource = 'own'
  @state() private model = ''
  @state() private key = ''
  @state() private accountId = ''
  @state() private list: ModelList | null = null
  @state() private listNote = ''
  @state() private listing = false
  @state() private checking = false
  @state() private mistake: Mistake | null = null
  @state() private verdict: Verdict | null = null
  @query('#key') private keyInput!: HTMLInputElement | null
  @query('#account') private accountInput!: HTMLInputElement | null
  @query('keyswitch-model-field') private modelField!: ModelField
  @query('form') private form!: HTMLFormElement
  private asked = 0
  private touched = false

  /** Whether something was chosen or typed here that is not saved. */
  get begun(): boolean {
    return this.touched || this.config?.provider !== this.provider.id
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('provider')) this.begin()
    else if (changed.has('config') && !this.touched) this.fill()
  }

  private begin(): void {
    this.verdict = null
    this.mistake = null
    this.touched = false
    this.clearKey()
    this.fill()
  }

  /** Shows what is in use with this provider, or what is most likely wanted of it. */
  private fill(): void {
    const {provider} = this
    const used = this.config?.provider === provider.id ? this.config : null
    this.source = used?.keySource ?? (provider.projectKey ? 'project' : 'own')
    this.model = used?.modelId ?? provider.defaultModelId
    this.accountId = used?.accountId ?? ''
    void this.suggest()
  }

  protected override render() {
    const {provider} = this
    const own = this.source === 'own'
    return html`<form autocomplete="off" novalidate @submit=${this.save} @input=${this.typed}>
      ${provider.projectKey ? this.sources() : nothing} ${own && provider.accountId ? this.account(provider) : nothing}
      ${own ? this.keyField(provider) : nothing}
      <keyswitch-model-field
        .value=${this.model}
        .placeholder=${provider.defaultModelId}
        .models=${this.list?.models ?? []}
        .note=${this.listNote}
        .loading=${this.listing}
        .mistake=${this.mistakeIn('model')}
        @input=${() => (this.model = this.modelField.value)}
        @enter=${() => this.form.requestSubmit()}
      ></keyswitch-model-field>
      <div>
        <button class="button primary" type="submit" ?disabled=${this.checking}>
          ${this.checking ? 'Checking …' : own && !this.keepsKey() ? 'Check and save' : 'Save'}
        </button>
      </div>
      ${shown(this.verdict)}
    </form>`
  }

  private sources() {
    const card = (source: KeySource, title: string, detail: string) =>
      html`<label class="card">
        <input type="radio" name="source" .checked=${this.source === source} @change=${() => this.pay(source)} />
        <strong>${title}</strong>
        <span>${detail}</span>
      </label>`
    return html`<fieldset>
      <legend>Who pays</legend>
      <div class="cards">
        ${card('project', 'Default key', 'The app pays, with a daily allowance')}
        ${card('own', 'Your own key', 'You pay your provider, without an allowance')}
      </div>
    </fieldset>`
  }

  private account(provider: Provider) {
    const rule = provider.accountId
    const mistake = this.mistakeIn('account')
    return html`<div>
      <label for="account">${rule?.label}</label>
      <input
        id="account"
        class="field"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="account-help account-mistake"
        aria-invalid=${mistake ? 'true' : 'false'}
        .value=${this.accountId}
        @input=${(event: InputEvent) => (this.accountId = (event.target as HTMLInputElement).value.trim())}
        @change=${() => this.suggest()}
      />
      <p class="mistake" id="account-mistake" role="alert">${mistake}</p>
      <p class="help muted" id="account-help">${rule?.help}</p>
    </div>`
  }

  private keyField(provider: Provider) {
    const mistake = this.mistakeIn('key')
    return html`<div>
      <label for="key">${provider.keyName} API key</label>
      <input
        id="key"
        class="field"
        type="password"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="key-help key-mistake"
        aria-invalid=${mistake ? 'true' : 'false'}
        placeholder=${this.keyPlaceholder()}
        @input=${(event: InputEvent) => (this.key = (event.target as HTMLInputElement).value)}
        @change=${() => this.suggest()}
      />
      <p class="mistake" id="key-mistake" role="alert">${mistake}</p>
      <p class="help muted" id="key-help">
        Stored encrypted, used for ${provider.displayName} alone, and never shown again.
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

  private keyPlaceholder(): string {
    const stored = this.storedHint()
    if (stored) return `Stored: ••••${stored}. Leave empty to keep it`
    return this.provider.keyPrefixHint ? `Begins with ${this.provider.keyPrefixHint}` : 'Paste your key'
  }

  private mistakeIn(field: Field): string {
    return this.mistake?.field === field ? this.mistake.text : ''
  }

  /** The end of the stored key, if it is this provider's. */
  private storedHint(): string {
    const {config} = this
    return config?.provider === this.provider.id && config.keySource === 'own' ? (config.keyHint ?? '') : ''
  }

  private keepsKey(): boolean {
    return this.key === '' && this.storedHint() !== ''
  }

  private clearKey(): void {
    this.key = ''
    if (this.keyInput) this.keyInput.value = ''
  }

  private typed(): void {
    this.touched = true
    this.mistake = null
  }

  private pay(source: KeySource): void {
    this.source = source
    this.touched = true
    this.mistake = null
    void this.suggest()
  }

  /** Asks what models there are, with the key that was typed or the one that would be used. */
  private async suggest(): Promise<void> {
    const {provider} = this
    const own = this.source === 'own'
    const asked = ++this.asked
    this.list = null
    this.listNote = ''
    this.listing = false
    if (own && provider.accountId && !this.accountIdFits()) return
    const given = own && this.key.trim().length >= LEAST_KEY
    this.listing = true
    try {
      const list = await this.client.call<ModelList>('listModels', {
        provider: provider.id,
        ...(given && {apiKey: this.key}),
        ...(own && this.accountId && {accountId: this.accountId}),
      })
      if (asked !== this.asked) return
      this.list = list
      this.listNote = suggestionNote(list)
    } catch (failure) {
      if (asked === this.asked && given) this.unlisted(failure)
    } finally {
      if (asked === this.asked) this.listing = false
    }
  }

  /** Why a key that was typed lists no models: it may be the key's fault. */
  private unlisted(failure: unknown): void {
    const field = fieldOf(failure)
    if (field) this.mistake = {field, text: sentence(failure)}
    else this.listNote = sentence(failure)
  }

  private async save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.checking) return
    this.verdict = null
    this.mistake = this.missing()
    if (this.mistake) return this.pointAt(this.mistake.field)
    this.checking = true
    const {provider} = this
    try {
      const result = await this.client.call<ModelChoiceResult>('updateUserModelConfig', this.choice())
      this.saved(provider, result)
    } catch (failure) {
      if (provider === this.provider) await this.refused(failure)
    } finally {
      this.checking = false
    }
  }

  private missing(): Mistake | null {
    const {provider} = this
    if (this.source === 'own' && provider.accountId) {
      const {label, help} = provider.accountId
      if (!this.accountId) return {field: 'account', text: `Please enter your ${label}.`}
      if (!this.accountIdFits()) return {field: 'account', text: `This is no ${label}. ${help}`}
    }
    if (this.source === 'own' && this.key.trim() === '' && !this.keepsKey()) {
      return {field: 'key', text: `Please paste your ${provider.keyName} API key.`}
    }
    return this.model.trim().length < 2 ? {field: 'model', text: 'Please choose a model, or type its id.'} : null
  }

  private async refused(failure: unknown): Promise<void> {
    const field = fieldOf(failure)
    if (field) {
      this.mistake = {field, text: sentence(failure)}
      await this.pointAt(field)
    } else {
      this.verdict = {kind: 'bad', text: sentence(failure)}
      await this.updateComplete
      this.renderRoot.querySelector('.verdict')?.scrollIntoView({block: 'nearest'})
    }
  }

  private async pointAt(field: Field): Promise<void> {
    await this.updateComplete
    const inputs = {account: this.accountInput, key: this.keyInput, model: this.modelField}
    inputs[field]?.focus()
  }

  private accountIdFits(): boolean {
    return new RegExp(this.provider.accountId?.pattern ?? '').test(this.accountId)
  }

  private choice(): ModelChoice {
    const base = {provider: this.provider.id, modelId: this.model.trim()}
    if (this.source === 'project') return {...base, useProjectKey: true}
    return {
      ...base,
      ...(this.key.trim() && {apiKey: this.key}),
      ...(this.accountId && {accountId: this.accountId}),
    }
  }

  private saved(provider: Provider, result: ModelChoiceResult): void {
    const accountId = result.keySource === 'own' && this.accountId ? {accountId: this.accountId} : {}
    if (provider === this.provider) {
      this.clearKey()
      this.touched = false
      this.verdict = result.warning
        ? {kind: 'warning', text: result.warning}
        : {kind: 'good', text: `${result.displayName} answers now, with ${result.modelId}. ${whoPays(result)}`}
    }
    this.dispatchEvent(new SavedEvent({...result, ...accountId}))
  }
}

function fieldOf(failure: unknown): Field | undefined {
  return failure instanceof CallError ? FIELD_OF[failure.reason] : undefined
}

function suggestionNote(list: ModelList): string {
  if (list.source === 'registry') return 'Any model id can be typed.'
  const count = list.models.length
  if (count === 0) return 'The provider lists no models. Any model id can be typed.'
  const whose = {given: 'your key', stored: 'your stored key', project: 'the default key'}[list.source]
  return `${count} ${count === 1 ? 'model' : 'models'} for ${whose}. Any other id can be typed, too.`
}
