import {html} from 'lit'
import {customElement, property} from 'lit/decorators.js'
import './copy-button.js'
import {highlight, type Piece} from './highlight.js'
import {LabelledElement, labelsOf} from './language/labelled.js'
import {theme} from './theme.js'
import {styles} from './code-block.styles.js'

/** Code in the colours of its language, with a button that copies it. */
@customElement('keyswitch-code')
export class CodeBlock extends LabelledElement {
  static override styles = [theme, styles]

  @property() code = ''
  @property() language = ''

  protected override render() {
    return html`<header>
        <span>${this.language.slice(0, 40)}</span>
        <keyswitch-copy .text=${this.code} label=${labelsOf(this).markdown.copyCode}></keyswitch-copy>
      </header>
      <pre tabindex="0" dir="ltr"><code>${highlight(this.code, this.language).map(coloured)}</code></pre>`
  }
}

function coloured({text, kind}: Piece) {
  return kind === null ? text : html`<span class=${kind}>${text}</span>`
}
