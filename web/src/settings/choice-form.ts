import {html, nothing, type PropertyValues} from 'lit'
import {customElement, property, query, state} from 'lit/decorators.js'
import {CallError, sentence, Unreachable, type Client} from '../client.js'
import {icons} from '../icons.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import type {Labels, Sentence} from '../language/labels.js'
import type {KeySource, ModelChoice, ModelChoiceResult, ModelConfig, Provider} from '../protocol.js'
import {theme} from '../theme.js'
import {cardStyles} from './cards.js'
import {Choice, fieldOf, type Entries, type Mistake, type Field} from './choice.js'
import './model-field.js'
import type {ModelField} from './model-field.js'
import {NOTHING, type Setup} from './setup.js'
import {Suggestions} from './suggestions.js'
import {shown, verdictStyles, type Verdict} from './verdict.js'
import {whoPays} from './who-pays.js'
import {styles} from './choice-form.styles.js'

/**
 * Longer than a press of a button takes. A field is left, and its key asked about, by pressing the button below it: what appears
 * before the press ends moves the button away from the pointer, and the press is lost.
 */
const PRESS_MS = 300

/** A choice was checked and is in use. */
export class SavedEvent extends Event {
  constructor(readonly config: ModelConfig) {
    super('saved')
  }
}

/**
 * Key source, account id, key and model id of one provider.
 *
 * @fires saved - the choice was checked and is in use
 */
@customElement('keyswitch-choice-form')
export class ChoiceForm extends LabelledElement {
  static override styles = [theme, cardStyles, verdictStyles, styles]

  @property({attribute: false}) client!: Client
  @property({attribute: false}) provider!: Provider
  /** What is set up. */
  @property({attribute: false}) setup: Setup = NOTHING

  @state() private choice!: Choice
  @state() private checking = false
  @state() private mistake: Mistake | null = null
  @state() private verdict: Verdict | null = null
  @query('#key') private keyInput!: HTMLInputElement | null
  @query('#account') private accountInput!: HTMLInputElement | null
  @query('keyswitch-model-field') private modelField!: ModelField
  @query('form') private form!: HTMLFormElement
  private readonly suggestions = new Suggestions(this)
  /** What was begun for other providers, in case their user comes back to it. */
  private readonly leftBehind = new Map<string, Choice>()

  /** Whether something was chosen or typed here that is not saved. */
  get begun(): boolean {
    return this.choice.begun
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('provider')) this.begin()
    else if (changed.has('setup')) {
      const untouched = !this.choice.touched
      this.choice = this.choice.beside(this.setup)
      if (untouched) void this.suggest()
    }
  }

  private begin(): void {
    // Absent before the first update.
    const before: Choice | undefined = this.choice
    if (before?.touched) this.leftBehind.set(before.provider.id, before)
    const begun = this.leftBehind.get(this.provider.id)?.beside(this.setup)
    this.verdict = null
    this.mistake = null
    this.choice = begun ?? Choice.likely(this.provider, this.setup)
    void this.suggest()
  }

  private enter(changes: Partial<Entries>): void {
    this.choice = this.choice.enter(changes)
  }

  protected override render() {
    const {provider, choice, suggestions} = this
    const labels = labelsOf(this)
    return html`<form autocomplete="off" novalidate @submit=${this.save} @input=${this.typed}>
      ${provider.projectKey ? this.sources() : nothing} ${choice.needsAccount ? this.account(provider) : nothing}
      ${choice.own ? this.keyField(provider) : nothing}
      <keyswitch-model-field
        .value=${choice.entries.model}
        .placeholder=${provider.defaultModelId}
        .models=${suggestions.models}
        .note=${suggestions.note?.(labels) ?? ''}
        .loading=${suggestions.looking}
        .mistake=${this.mistakeIn('model')}
        @input=${() => this.enter({model: this.modelField.value})}
        @enter=${() => this.form.requestSubmit()}
      ></keyswitch-model-field>
      <div class="save">
        <button class="button primary" type="submit" ?disabled=${this.checking}>${this.saving(labels)}</button>
      </div>
      ${shown(this.verdict, labels)}
    </form>`
  }

  /** What saving does next. */
  private saving({choice}: Labels): string {
    if (this.checking) return choice.checking
    return this.choice.own && !this.choice.keepsKey ? choice.checkAndSave : choice.save
  }

  private sources() {
    const {choice} = labelsOf(this)
    const card = (source: KeySource, title: string, detail: string) =>
      html`<label class="card">
        <input
          type="radio"
          name="source"
          .checked=${this.choice.entries.source === source}
          @change=${() => this.pay(source)}
        />
        <strong>${title}</strong>
        <span>${detail}</span>
      </label>`
    return html`<fieldset>
      <legend>${choice.whoPays}</legend>
      <div class="cards">
        ${card('project', choice.defaultKey, choice.defaultKeyDetail)}
        ${card('own', choice.ownKey, choice.ownKeyDetail)}
      </div>
    </fieldset>`
  }

  private account(provider: Provider) {
    const rule = provider.accountId
    const mistake = this.mistakeIn('account')
    return html`<div>
      <label for="account"><bdi>${rule?.label}</bdi></label>
      <input
        id="account"
        class="field"
        dir="ltr"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="account-help account-mistake"
        aria-invalid=${mistake ? 'true' : 'false'}
        .value=${this.choice.entries.accountId}
        @input=${(event: InputEvent) => this.enter({accountId: (event.target as HTMLInputElement).value.trim()})}
        @change=${() => this.suggest()}
      />
      <p class="mistake" id="account-mistake" role="alert" dir="auto">${mistake}</p>
      <p class="help muted" id="account-help" dir="auto">${rule?.help}</p>
    </div>`
  }

  private keyField(provider: Provider) {
    const mistake = this.mistakeIn('key')
    const labels = labelsOf(this)
    const {choice} = labels
    return html`<div>
      <label for="key">${choice.key(provider.keyName)}</label>
      <input
        id="key"
        class="field"
        type="password"
        dir="ltr"
        autocomplete="off"
        data-1p-ignore
        data-bwignore
        data-lpignore="true"
        spellcheck="false"
        aria-describedby="key-help key-mistake"
        aria-invalid=${mistake ? 'true' : 'false'}
        placeholder=${this.choice.keyPlaceholder(labels)}
        .value=${this.choice.entries.key}
        @input=${(event: InputEvent) => this.enter({key: (event.target as HTMLInputElement).value})}
        @change=${() => this.suggest()}
      />
      <p class="mistake" id="key-mistake" role="alert" dir="auto">${mistake}</p>
      <p class="help muted" id="key-help">
        ${choice.keyHelp(provider.displayName)}
        ${
          provider.keyHelpUrl?.startsWith('https://')
            ? html`<a href=${provider.keyHelpUrl} target="_blank" rel="noopener noreferrer"
                >${choice.getKey} ${icons.outside}</a
              >`
            : nothing
        }
      </p>
    </div>`
  }

  private mistakeIn(field: Field): string {
    return this.mistake?.field === field ? this.mistake.text(labelsOf(this)) : ''
  }

  private typed(): void {
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
    const {suggestions} = this
    const {question, givesKey} = this.choice
    if (question === null) return suggestions.clear()
    try {
      const arrived = await suggestions.ask(this.client, question)
      if (arrived && this.verdict?.passing) this.verdict = null
    } catch (failure) {
      if (givesKey) await this.unlisted(failure)
      else suggestions.explain(({modelField}) => modelField.notListed)
    }
  }

  /** Why a key that was typed lists no models: it may be the key's fault. */
  private async unlisted(failure: unknown): Promise<void> {
    const {choice} = this
    await new Promise((resolve) => setTimeout(resolve, PRESS_MS))
    // It was changed meanwhile, or its own check says more.
    if (choice !== this.choice || this.checking) return
    const field = failure instanceof CallError ? fieldOf(failure.reason) : undefined
    if (field) this.mistake = {field, text: sentence(failure)}
    else this.suggestions.explain(sentence(failure))
  }

  private async save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.checking) return
    this.verdict = null
    this.mistake = this.choice.missing
    if (this.mistake) return this.pointAt(this.mistake.field)
    this.checking = true
    const {provider} = this
    const {request} = this.choice
    try {
      const result = await this.client.call<ModelChoiceResult>('updateUserModelConfig', request)
      // Somebody else may have signed in meanwhile.
      if (this.isConnected) this.saved(provider, request, result)
    } catch (failure) {
      if (provider === this.provider) await this.refused(failure)
    } finally {
      this.checking = false
    }
  }

  private async refused(failure: unknown): Promise<void> {
    const field = failure instanceof CallError ? fieldOf(failure.reason) : undefined
    if (field) {
      this.mistake = {field, text: sentence(failure)}
      await this.pointAt(field)
    } else {
      const passing = failure instanceof Unreachable
      const problem = sentence(failure)
      const text: Sentence = (labels) => (passing ? labels.choice.stillHere(problem(labels)) : problem(labels))
      this.verdict = {kind: 'bad', text, passing}
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

  private saved(provider: Provider, {accountId}: ModelChoice, result: ModelChoiceResult): void {
    this.leftBehind.delete(provider.id)
    const config = {...result, ...(accountId && {accountId})}
    if (provider === this.provider) {
      this.choice = this.choice.saved(config)
      const {displayName, modelId, warning} = result
      this.verdict = warning
        ? {kind: 'warning', text: ({choice}) => choice.saved(warning)}
        : {kind: 'good', text: (labels) => labels.choice.answersNow(displayName, modelId, whoPays(result, labels))}
    }
    this.dispatchEvent(new SavedEvent(config))
  }
}
