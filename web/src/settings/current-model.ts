import {html, nothing, type PropertyValues} from 'lit'
import {customElement, property, state} from 'lit/decorators.js'
import {sentence, type Client} from '../client.js'
import '../confirmed-button.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import type {DefaultModel, ModelConfig} from '../protocol.js'
import {theme} from '../theme.js'
import {shown, verdictStyles, type Verdict} from './verdict.js'
import {whoPays} from './who-pays.js'
import {styles} from './current-model.styles.js'

/**
 * What is in use, who pays for it, and the way back to the default.
 *
 * @fires deleted - the model config is deleted; the keys are not
 */
@customElement('keyswitch-current-model')
export class CurrentModel extends LabelledElement {
  static override styles = [theme, verdictStyles, styles]

  @property({attribute: false}) client!: Client
  /** Null if nothing was chosen, and the default model answers. */
  @property({attribute: false}) config: ModelConfig | null = null
  @property({attribute: false}) defaultModel: DefaultModel | undefined
  @state() private verdict: Verdict | null = null

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('config') && this.config) this.verdict = null
  }

  protected override render() {
    const {config} = this
    const labels = labelsOf(this)
    const {currentModel} = labels
    const model = config ?? this.defaultModel
    return html`<section aria-label=${currentModel.region} tabindex="-1">
        <dl>
          <dt>${currentModel.messagesGoTo}</dt>
          <dd class="name">
            ${model ? html`<bdi>${model.displayName}</bdi> · <bdi>${model.modelId}</bdi>` : currentModel.none}
          </dd>
          <dd>${model ? whoPays(config, labels) : currentModel.chooseOne}</dd>
        </dl>
        ${config ? this.ending() : nothing}
      </section>
      ${shown(this.verdict, labels)}`
  }

  private ending() {
    const {currentModel} = labelsOf(this)
    return html`<keyswitch-confirmed-button
      text=${currentModel.toDefault}
      label=${currentModel.confirmLabel}
      yes=${currentModel.toDefault}
      @confirmed=${this.delete}
    >
      <span>${this.defaultModel ? currentModel.defaultAnswers : currentModel.noneAnswers}</span>
    </keyswitch-confirmed-button>`
  }

  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }

  private async delete(): Promise<void> {
    try {
      await this.client.call('deleteUserModelConfig', {keepKeys: true})
      // Somebody else may have signed in meanwhile.
      if (!this.isConnected) return
      this.verdict = {kind: 'good', text: ({currentModel}) => currentModel.deleted}
      this.dispatchEvent(new Event('deleted'))
      await this.focusOn('section')
    } catch (failure) {
      this.verdict = {kind: 'bad', text: sentence(failure)}
    }
  }
}
