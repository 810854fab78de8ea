import {html, nothing, type TemplateResult} from 'lit'
import {customElement, property} from 'lit/decorators.js'
import '../copy-button.js'
import {icons} from '../icons.js'
import {LabelledElement, labelsOf} from '../language/labelled.js'
import {withoutKeys} from './removed.js'
import {Markdown} from '../markdown.js'
import {KEYSWITCH, type ServedBy} from '../protocol.js'
import {theme} from '../theme.js'
import {MASK} from './conversation.js'
import {styles} from './message.styles.js'
import type {Entry} from './turns.js'

/** One message: what was said, who said it, whose key paid, and what went wrong. */
@customElement('keyswitch-message')
export class MessageElement extends LabelledElement {
  static override styles = [theme, styles]

  @property({attribute: false}) entry!: Entry
  /** What providers are called, by their ids. */
  @property({attribute: false}) providerNames: ReadonlyMap<string, string> = new Map()
  /** Whether it cannot be sent again just now. */
  @property({type: Boolean}) locked = false
  private readonly markdown = new Markdown()

  /** Once a frame is often enough for words that stream in. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.entry.state === 'streaming' && this.hasUpdated) await nextFrame()
    super.scheduleUpdate()
  }

  protected override render() {
    const {entry} = this
    return entry.role === 'user' ? this.user(entry) : this.assistant(entry)
  }

  private user({content}: Entry) {
    const {message} = labelsOf(this)
    const text = withoutKeys(content, message)
    return html`<div class="said">
      ${content === MASK ? nothing : html`<keyswitch-copy .text=${text} label=${message.copyOwn}></keyswitch-copy>`}
      <div class="user content">
        <span class="visually-hidden">${message.user} </span>
        <div dir="auto">${text}</div>
      </div>
    </div>`
  }

  private assistant(entry: Entry) {
    const labels = labelsOf(this)
    const {assistant, waiting} = labels.message
    return html`<div class=${entry.state}>
      <span class="visually-hidden">${assistant} </span>
      ${
        entry.content === '' && (entry.state === 'waiting' || entry.state === 'reconnecting')
          ? html`<span class="dots" role="img" aria-label=${waiting}><i></i><i></i><i></i></span>`
          : html`<div class="content">${this.markdown.show(entry.content, entry.state === 'streaming', labels)}</div>`
      }
      ${entry.state === 'waiting' || entry.state === 'streaming' ? nothing : this.footer(entry)}
    </div>`
  }

  private footer(entry: Entry) {
    const labels = labelsOf(this)
    const {tryAgain, tryNow} = labels.common
    return html`<footer>
      ${
        entry.content
          ? html`<keyswitch-copy .text=${entry.content} label=${labels.message.copy}></keyswitch-copy>`
          : nothing
      }
      ${entry.servedBy ? html`<span class="served">${this.servedBy(entry.servedBy)}</span>` : nothing}
      ${entry.problem ? html`<span class="problem" dir="auto">${entry.problem(labels)}</span>` : nothing}
      ${
        entry.retry || entry.state === 'reconnecting'
          ? html`<button class="button" type="button" ?disabled=${this.locked} @click=${this.retry}>
              ${icons.retry} ${entry.retry ? tryAgain : tryNow}
            </button>`
          : nothing
      }
    </footer>`
  }

  private retry(): void {
    this.dispatchEvent(new Event('retry'))
  }

  /** Answers of Keyswitch itself were paid for by nobody. */
  private servedBy(by: ServedBy): string | TemplateResult {
    const {key, message} = labelsOf(this)
    if (by.provider === KEYSWITCH) return message.keyswitch
    const name = this.providerNames.get(by.provider) ?? by.provider
    return html`<bdi>${name}</bdi> · <bdi>${by.modelId}</bdi> · ${by.keySource === 'own' ? key.own : key.project}`
  }
}

/** A page out of sight has no frames, and draws when it is looked at. */
function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve))
}
