import {html, nothing, type TemplateResult} from 'lit'
import {Lexer, type Token, type Tokens} from 'marked'
import './code-block.js'

/**
 * What a model wrote, as a page may show it. The Markdown is parsed into tokens and each known token becomes an element of
 * ours: there is no HTML of the model's that would have to be cleaned. Pictures are shown as links, for to load one would
 * tell its server of the reader.
 */
export function markdown(text: string): TemplateResult {
  const tokens = Lexer.lex(text, {gfm: true, breaks: true})
  const depths = headingDepths(tokens)
  return html`${tokens.map((token) => (token.type === 'heading' ? heading(token as Tokens.Heading, depths) : block(token)))}`
}

type Rendered = TemplateResult | string | typeof nothing

function block(token: Token): Rendered {
  switch (token.type) {
    case 'space':
    case 'def':
      return nothing
    case 'heading':
      return heading(token as Tokens.Heading, [])
    case 'code':
      return code(token as Tokens.Code)
    case 'blockquote':
      return html`<blockquote>${((token as Tokens.Blockquote).tokens ?? []).map(block)}</blockquote>`
    case 'list':
      return list(token as Tokens.List)
    case 'table':
      return table(token as Tokens.Table)
    case 'hr':
      return html`<hr />`
    case 'paragraph':
      return html`<p>${inlines(token)}</p>`
    case 'text':
      return html`${inlines(token)}`
    default:
      return html`<p>${token.raw}</p>`
  }
}

/** The depths of a text's headings, the least first, however it numbers them. */
function headingDepths(tokens: readonly Token[]): readonly number[] {
  const depths = tokens.filter((token) => token.type === 'heading').map((token) => (token as Tokens.Heading).depth)
  return [...new Set(depths)].sort()
}

/** Below the page's own, without a gap. */
function heading(token: Tokens.Heading, depths: readonly number[]): TemplateResult {
  const content = inlines(token)
  const rank = depths.indexOf(token.depth)
  if (rank === 0) return html`<h2>${content}</h2>`
  if (rank === 1) return html`<h3>${content}</h3>`
  return rank < 0 ? html`<p><strong>${content}</strong></p>` : html`<h4>${content}</h4>`
}

function code(token: Tokens.Code): TemplateResult {
  return html`<keyswitch-code .code=${token.text} .language=${token.lang ?? ''}></keyswitch-code>`
}

function list(token: Tokens.List): TemplateResult {
  const items = token.items.map(item)
  return token.ordered
    ? html`<ol start=${Number(token.start) || 1}>
        ${items}
      </ol>`
    : html`<ul>
        ${items}
      </ul>`
}

function item(token: Tokens.ListItem): TemplateResult {
  const box = token.task ? (token.checked ? '☑ ' : '☐ ') : ''
  return html`<li>${box}${token.tokens.filter((one) => one.type !== 'checkbox').map(block)}</li>`
}

function table(token: Tokens.Table): TemplateResult {
  return html`<div class="scrolls" tabindex="0" role="group" aria-label="Table">
    <table>
      <thead>
        <tr>
          ${token.header.map((cell) => html`<th scope="col">${cell.tokens.map(inline)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${token.rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell.tokens.map(inline)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function inlines(token: Token): Rendered[] {
  const children = 'tokens' in token ? token.tokens : undefined
  return children ? children.map(inline) : [plain(token)]
}

function inline(token: Token): Rendered {
  switch (token.type) {
    case 'strong':
      return html`<strong>${inlines(token)}</strong>`
    case 'em':
      return html`<em>${inlines(token)}</em>`
    case 'del':
      return html`<del>${inlines(token)}</del>`
    case 'codespan':
      return html`<code>${(token as Tokens.Codespan).text}</code>`
    case 'br':
      return html`<br />`
    case 'link':
      return link((token as Tokens.Link).href, html`${inlines(token)}`)
    case 'image':
      return link((token as Tokens.Image).href, (token as Tokens.Image).text || 'picture')
    case 'text':
    case 'escape':
      return 'tokens' in token && token.tokens ? html`${inlines(token)}` : plain(token)
    case 'checkbox':
      return nothing
    default:
      return token.raw
  }
}

function plain(token: Token): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw
}

/** Links lead to the web or to a mail program, and nowhere else; what they say otherwise stays text. */
function link(href: string, content: TemplateResult | string): TemplateResult {
  const address = safeAddress(href)
  return address === null
    ? html`${content}`
    : html`<a href=${address} target="_blank" rel="noopener noreferrer nofollow">${content}</a>`
}

function safeAddress(href: string): string | null {
  try {
    const url = new URL(href)
    return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : null
  } catch {
    return null
  }
}
