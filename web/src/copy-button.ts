import {html} from 'lit'
import {customElement, property, state} from 'lit/decorators.js'
import {icons} from './icons.js'
import {LabelledElement, labelsOf} from './language/labelled.js'
import {theme} from './theme.js'
import {styles} from './copy-button.styles.js'

const CONFIRMED_MS = 2_000

/** A button that copies a text, and says that it did. */
@customElement('keyswitch-copy')
export class CopyButton extends LabelledElement {
  static override styles = [theme, styles]

  @property({attribute: false}) text = ''
  /** What it copies, for those who cannot see it; shown if it has words. Empty to say only that it copies. */
  @property() label = ''
  /** Whether it is a button with words. */
  @property({type: Boolean}) words = false
  @state() private outcome: 'none' | 'copied' | 'refused' = 'none'

  override focus(): void {
    this.renderRoot.querySelector('button')?.focus()
  }

  protected override render() {
    const {outcome, words} = this
    const {copy, copied, blocked} = labelsOf(this).copy
    const says = {none: this.label || copy, copied, refused: blocked}[outcome]
    return html`<button
      class=${words ? 'button' : 'icon-button'}
      type="button"
      aria-label=${says}
      title=${says}
      @click=${this.copy}
    >
      ${{none: icons.copy, copied: icons.check, refused: icons.close}[outcome]} ${words ? says : ''}
    </button>`
  }

  private async copy(): Promise<void> {
    this.outcome = (await copied(this.text)) ? 'copied' : 'refused'
    setTimeout(() => (this.outcome = 'none'), CONFIRMED_MS)
  }
}

/** Browsers have a clipboard for pages that come by HTTPS or from this machine; others get by with the older way. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedByEvent(text)
  }
}

function copiedByEvent(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  document.addEventListener('copy', put, {once: true})
  try {
    return document.execCommand('copy')
  } finally {
    document.removeEventListener('copy', put)
  }
}
