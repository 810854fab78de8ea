import {html, nothing} from 'lit'
import {customElement, property, state} from 'lit/decorators.js'
import {repeat} from 'lit/directives/repeat.js'
import {sentence, type Client} from '../client.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import type {Sentence} from '../language/labels.js'
import type {ThreadModel} from '../protocol.js'
import {theme} from '../theme.js'
import {rowStyles} from './rows.js'

/**
 * The threads with a model of their own, and the way back to the user's usual one.
 *
 * @fires changed - a thread has no model of its own any more
 */
@customElement('keyswitch-thread-models')
export class ThreadModels extends LabelledElement {
  static override styles = [theme, rowStyles]

  @property({attribute: false}) client!: Client
  @property({attribute: false}) threads: readonly ThreadModel[] = []
  @state() private problem: Sentence | null = null
  /** The thread that somebody came here for. */
  @state() private pointedAt = ''

  /** Marks a thread's row and gives it the focus. */
  async point(threadId: string): Promise<void> {
    this.pointedAt = threadId
    await this.updateComplete
    const row = this.renderRoot.querySelector('[aria-current=true]')
    row?.querySelector('button')?.focus({preventScroll: true})
    row?.scrollIntoView({block: 'center'})
  }

  protected override render() {
    const labels = labelsOf(this)
    return html`
      ${this.problem ? html`<p class="problem" role="alert" dir="auto">${this.problem(labels)}</p>` : nothing}
      <ul aria-label=${labels.threadModels.list}>
        ${repeat(
          this.threads,
          (thread) => thread.threadId,
          (thread) => this.row(thread),
        )}
      </ul>
    `
  }

  private row(thread: ThreadModel) {
    const {threadModels, payer} = labelsOf(this)
    const title = thread.title || threadModels.untitled
    return html`<li aria-current=${thread.threadId === this.pointedAt ? 'true' : 'false'}>
      <span class="name"><bdi>${title}</bdi></span>
      <span class="muted"
        ><bdi>${thread.displayName}</bdi> ·
        <bdi>${thread.modelId}</bdi>${thread.keySource === 'own' ? '' : ' · ' + payer.app}</span
      >
      <button
        class="button"
        type="button"
        aria-label=${threadModels.likeOthersNamed(title)}
        @click=${() => this.delete(thread)}
      >
        ${threadModels.likeOthers}
      </button>
    </li>`
  }

  private async delete({threadId}: ThreadModel): Promise<void> {
    this.problem = null
    try {
      await this.client.call('deleteUserModelConfig', {threadId})
      this.dispatchEvent(new Event('changed'))
    } catch (failure) {
      this.problem = sentence(failure)
    }
  }
}
