import {css, html, LitElement, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {CallError, sentence, Unreachable, type Client} from '../client.js'
import {icons} from '../icons.js'
import type {KeySource, ModelChoice, ModelChoiceResult, ModelConfig, Provider} from '../protocol.js'
import {theme} from '../theme.js'
import {cardStyles} from './cards.js'
import './model-field.js'
import type {ModelField} from './model-field.js'
import {Suggestions} from './suggestions.js'
import {shown, verdictStyles, type Verdict} from './verdict.js'
import {whoPays} from './who-pays.js'

/** A choice was checked and is in use. */
export class SavedEvent extends Event {
  constructor(readonly config: ModelConfig) {
    super('saved')
  }
}

type Field = 'account' | 'key' | 'model'

/** What was chosen and typed. */
interface Entries {
  readonly source: KeySource
  readonly accountId: string
  readonly key: string
  readonly model: string
}

/** What is wrong with what a field holds. */
interface Mistake {
  readonly field: Field
  readonly text: string
}

/** The fields that refusals are about, by reason; other refusals are about the whole. */
const FIELD_OF: Readonly<Record<string, Field>> = {
  invalid_key: 'key',
  malformed_key: 'key',
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

      .save {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem 1rem;
      }

      .save span {
        flex: 1 1 14rem;
        font-size: 0.85em;
      }

      .help,
      .mistake {
        margin: 0.3rem 0 0;
        font-size: 0.85em;
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

  @state() private entries!: Entries
  @state() private checking = false
  @state() private mistake: Mistake | null = null
  @state() private verdict: Verdict | null = null
  @query('#key') private keyInput!: HTMLInputElement | null
  @query('#account') private accountInput!: HTMLInputElement | null
  @query('keyswitch-model-field') private modelField!: ModelField
  @query('form') private form!: HTMLFormElement
  private readonly suggestions = new Suggestions(this)
  private touched = false
  /** What was begun for other providers, in case their user comes back to it. */
  private readonly leftBehind = new Map<string, Entries>()

  /** Whether something was chosen or typed here that is not saved. */
  get begun(): boolean {
    return this.touched || this.config?.provider !== this.provider.id
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('provider')) this.begin(changed.get('provider') as Provider | undefined)
    else if (changed.has('config') && !this.touched) this.fill(this.likely())
  }

  private begin(before: Provider | undefined): void {
    if (before && this.touched) this.leftBehind.set(before.id, this.entries)
    const begun = this.leftBehind.get(this.provider.id)
    this.verdict = null
    this.mistake = null
    this.touched = begun !== undefined
    this.fill(begun ?? this.likely())
  }

  /** What is in use with this provider, or what is most likely wanted of it. */
  private likely(): Entries {
    const {provider} = this
    const used = this.config?.provider === provider.id ? this.config : null
    return {
      source: used?.keySource ?? (provider.projectKey ? 'project' : 'own'),
      accountId: used?.accountId ?? '',
      key: '',
      model: used?.modelId ?? provider.defaultModelId,
    }
  }

  private fill(entries: Entries): void {
    this.entries = entries
    void this.suggest()
  }

  private enter(changes: Partial<Entries>): void {
    this.entries = {...this.entries, ...changes}
  }

  private get own(): boolean {
    return this.entries.source === 'own'
  }

  protected override render() {
    const {provider, own, suggestions} = this
    return html`<form autocomplete="off" novalidate @submit=${this.save} @input=${this.typed}>
      ${provider.projectKey ? this.sources() : nothing} ${own && provider.accountId ? this.account(provider) : nothing}
      ${own ? this.keyField(provider) : nothing}
      <keyswitch-model-field
        .value=${this.entries.model}
        .placeholder=${provider.defaultModelId}
        .models=${suggestions.models}
        .note=${suggestions.note}
        .loading=${suggestions.looking}
        .mistake=${this.mistakeIn('model')}
        @input=${() => this.enter({model: this.modelField.value})}
        @enter=${() => this.form.requestSubmit()}
      ></keyswitch-model-field>
      <div class="save">
        <button class="button primary" type="submit" aria-describedby="loss" ?disabled=${this.checking}>
          ${this.checking ? 'Checking …' : own && !this.keepsKey() ? 'Check and save' : 'Save'}
        </button>
        <span class="muted" id="loss">${this.loss()}</span>
      </div>
      ${shown(this.verdict)}
    </form>`
  }

  private sources() {
    const card = (source: KeySource, title: string, detail: string) =>
      html`<label class="card">
        <input
          type="radio"
          name="source"
          .checked=${this.entries.source === source}
          @change=${() => this.pay(source)}
        />
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
        .value=${this.entries.accountId}
        @input=${(event: InputEvent) => this.enter({accountId: (event.target as HTMLInputElement).value.trim()})}
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
        data-1p-ignore
        data-bwignore
        data-lpignore="true"
        spellcheck="false"
        aria-describedby="key-help key-mistake"
        aria-invalid=${mistake ? 'true' : 'false'}
        placeholder=${this.keyPlaceholder()}
        .value=${this.entries.key}
        @input=${(event: InputEvent) => this.enter({key: (event.target as HTMLInputElement).value})}
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
    return this.entries.key === '' && this.storedHint() !== ''
  }

  /** What saving takes away: one key is kept, that of the model in use. */
  private loss(): string {
    const {config} = this
    const stays = this.own && config?.provider === this.provider.id
    return config?.keySource === 'own' && !stays
      ? `Your ${config.displayName} key ••••${config.keyHint ?? ''} is deleted then: one key is kept at a time.`
      : ''
  }

  private typed(): void {
    this.touched = true
    this.mistake = null
    this.verdict = null
  }

  private pay(source: KeySource): void {
    this.enter({source})
    this.typed()
    void this.suggest()
  }

  /** Asks what models there are, with the key that was typed or the one that would be used. */
  private async suggest(): Promise<void> {
    const {provider, own, suggestions} = this
    const {accountId, key} = this.entries
    if (own && provider.accountId && !this.accountIdFits()) return suggestions.clear()
    const given = own && key.trim().length >= LEAST_KEY
    try {
      const arrived = await suggestions.ask(this.client, {
        provider: provider.id,
        ...(given && {apiKey: key}),
        ...(own && accountId && {accountId}),
      })
      if (arrived && this.verdict?.passing) this.verdict = null
    } catch (failure) {
      if (given) this.unlisted(failure)
      else suggestions.explain('The models cannot be listed just now. Any model id can be typed.')
    }
  }

  /** Why a key that was typed lists no models: it may be the key's fault. */
  private unlisted(failure: unknown): void {
    const field = fieldOf(failure)
    if (field) this.mistake = {field, text: sentence(failure)}
    else this.suggestions.explain(sentence(failure))
  }

  private async save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.checking) return
    this.verdict = null
    this.mistake = this.missing()
    if (this.mistake) return this.pointAt(this.mistake.field)
    this.checking = true
    const {provider} = this
    const choice = this.choice()
    try {
      const result = await this.client.call<ModelChoiceResult>('updateUserModelConfig', choice)
      // Somebody else may have signed in meanwhile.
      if (this.isConnected) this.saved(provider, choice, result)
    } catch (failure) {
      if (provider === this.provider) await this.refused(failure)
    } finally {
      this.checking = false
    }
  }

  private missing(): Mistake | null {
    const {provider, own} = this
    const {accountId, key, model} = this.entries
    if (own && provider.accountId) {
      if (!accountId) return {field: 'account', text: `Please enter your ${provider.accountId.label}.`}
      if (!this.accountIdFits()) return {field: 'account', text: 'This does not look like one.'}
    }
    if (own && key.trim() === '' && !this.keepsKey()) {
      return {field: 'key', text: `Please paste your ${provider.keyName} API key.`}
    }
    return model.trim().length < 2 ? {field: 'model', text: 'Please choose a model, or type its id.'} : null
  }

  private async refused(failure: unknown): Promise<void> {
    const field = fieldOf(failure)
    if (field) {
      this.mistake = {field, text: sentence(failure)}
      await this.pointAt(field)
    } else {
      const passing = failure instanceof Unreachable
      this.verdict = {kind: 'bad', text: sentence(failure) + (passing ? ' What you typed is still here.' : ''), passing}
      if (passing) void this.suggest()
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
    return new RegExp(this.provider.accountId?.pattern ?? '').test(this.entries.accountId)
  }

  private choice(): ModelChoice {
    const {accountId, key, model} = this.entries
    const base = {provider: this.provider.id, modelId: model.trim()}
    if (!this.own) return {...base, useProjectKey: true}
    return {...base, ...(key.trim() && {apiKey: key}), ...(accountId && {accountId})}
  }

  private saved(provider: Provider, {accountId}: ModelChoice, result: ModelChoiceResult): void {
    this.leftBehind.delete(provider.id)
    if (provider === this.provider) {
      this.enter({key: ''})
      this.touched = false
      this.verdict = result.warning
        ? {kind: 'warning', text: 'Saved. ' + result.warning}
        : {kind: 'good', text: `${result.displayName} answers now, with ${result.modelId}. ${whoPays(result)}`}
    }
    this.dispatchEvent(new SavedEvent({...result, ...(accountId && {accountId})}))
  }
}

function fieldOf(failure: unknown): Field | undefined {
  return failure instanceof CallError ? FIELD_OF[failure.reason] : undefined
}
