import {html, nothing, type TemplateResult} from 'lit'
import {ifDefined} from 'lit/directives/if-defined.js'
import MarkdownIt, {type Token} from 'markdown-it'
import cjkFriendly from 'markdown-it-cjk-friendly'
import './code-block.js'
import type {Labels} from './language/labels.js'
import {keepFormulas} from './math.js'

const parser = new MarkdownIt({html: false, linkify: true}).use(cjkFriendly).use(keepFormulas)
// Names such as README.md are no addresses, though .md is a country.
parser.linkify.set({fuzzyLink: false})

const LONGEST_BREAK = 8

/** Letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

// GitHub's tasks, for which the parser has no rule.
parser.core.ruler.push('task', ({tokens}) => {
  tokens.forEach((token, index) => {
    const first = token.type === 'inline' && tokens[index - 2]?.type === 'list_item_open' && token.children?.[0]
    if (first) first.content = first.content.replace(/^\[ ] /, '☐ ').replace(/^\[[xX]] /, '☑ ')
  })
})

// In cells of tables there is no other line break.
parser.inline.ruler.before('autolink', 'br', (state, silent) => {
  const tag = /^<br\s*\/?>/i.exec(state.src.slice(state.pos, state.pos + LONGEST_BREAK))?.[0]
  if (tag === undefined) return false
  if (!silent) state.push('hardbreak', 'br', 0)
  state.pos += tag.length
  return true
})

/** One token with what stands between its opening and its closing one. */
interface Node {
  readonly token: Token
  readonly children: readonly Node[]
}

type Rendered = TemplateResult | string | typeof nothing | readonly Rendered[]

/**
 * What a model wrote, as a page may show it, while it is being written. The Markdown is parsed into tokens and each known
 * token becomes an element of ours: there is no HTML of the model's that would have to be cleaned. Pictures are shown as
 * links, for to load one would tell its server of the reader.
 */
export class Markdown {
  /** What no further text can change: all but the last block. */
  private settled: {readonly text: string; readonly nodes: readonly Node[]} = {text: '', nodes: []}

  /**
   * Shows a text. One that begins like the text before costs only what is new.
   *
   * @param growing whether more of it is to come
   */
  show(text: string, growing: boolean, labels: Labels): TemplateResult {
    const source = text.replace(/\r\n?/g, '\n')
    const known = growing && source.startsWith(this.settled.text) ? this.settled : {text: '', nodes: []}
    const rest = source.slice(known.text.length)
    const added = tree(parser.parse(rest, {}))
    const nodes = [...known.nodes, ...added]
    const lastLine = added.at(-1)?.token.map?.[0] ?? 0
    this.settled = {
      text: known.text + firstLines(rest, lastLine),
      nodes: nodes.slice(0, lastLine > 0 ? -1 : known.nodes.length),
    }
    const ranks = headingRanks(nodes)
    return html`${nodes.map((node) =>
      isHeading(node) ? heading(node, labels, ranks.indexOf(node.token.tag)) : element(node, labels),
    )}`
  }
}

/** The beginning of a text, as many lines of it. */
function firstLines(text: string, lines: number): string {
  let end = 0
  for (let line = 0; line < lines; line++) end = text.indexOf('\n', end) + 1
  return text.slice(0, end)
}

/** The words of a Markdown text, on one line. */
export function words(text: string): string {
  const of = (token: Token): string =>
    token.children ? token.children.map(of).join('') : token.type.endsWith('break') ? ' ' : token.content
  return parser.parse(text, {}).map(of).join(' ').replace(/\s+/g, ' ').trim()
}

/** The parser's tokens stand in a row, with an opening and a closing one around what they hold. */
function tree(tokens: readonly Token[]): readonly Node[] {
  const root: Node[] = []
  const open = [root]
  for (const token of tokens) {
    if (token.nesting < 0) {
      open.pop()
      continue
    }
    const children: Node[] = token.children ? [...tree(token.children)] : []
    open.at(-1)?.push({token, children})
    if (token.nesting > 0) open.push(children)
  }
  return root
}

/** The direction of a block that holds others, by its first letter: `auto` does not look into what has a `dir` of its own. */
function directionOf(node: Node): 'ltr' | 'rtl' | undefined {
  const letter = firstLetter(node)
  return letter === undefined ? undefined : RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr'
}

function firstLetter({token, children}: Node): string | undefined {
  if (token.type === 'text') return /\p{L}/u.exec(token.content)?.[0]
  for (const child of children) {
    const letter = firstLetter(child)
    if (letter) return letter
  }
  return undefined
}

function element(node: Node, labels: Labels): Rendered {
  const {token} = node
  const dir = directionOf(node)
  const content = () => elements(node.children, labels)
  switch (token.type) {
    case 'inline':
      return content()
    case 'text':
      return token.content
    case 'paragraph_open':
      // In a list whose items stand close.
      return token.hidden ? content() : html`<p dir="auto">${content()}</p>`
    case 'softbreak':
    case 'hardbreak':
      return html`<br />`
    case 'strong_open':
      return html`<strong>${content()}</strong>`
    case 'em_open':
      return html`<em>${content()}</em>`
    case 's_open':
      return html`<del>${content()}</del>`
    case 'formula':
      return html`<span class="formula" dir="ltr">${token.content}</span>`
    case 'formula_block':
      return html`<p class="formula" dir="ltr">${token.content}</p>`
    case 'code_inline':
      return html`<code dir="ltr">${token.content}</code>`
    case 'link_open':
      return link(attribute(token, 'href'), content())
    case 'image':
      return link(attribute(token, 'src'), node.children.length > 0 ? content() : labels.markdown.picture)
    case 'fence':
    case 'code_block':
      return code(token)
    case 'blockquote_open':
      return html`<blockquote dir=${ifDefined(dir)}>${content()}</blockquote>`
    case 'bullet_list_open':
      return html`<ul dir=${ifDefined(dir)}>
        ${node.children.map((child) => item(child, labels))}
      </ul>`
    case 'ordered_list_open':
      return html`<ol dir=${ifDefined(dir)} start=${attribute(token, 'start') || '1'}>
        ${node.children.map((child) => item(child, labels))}
      </ol>`
    case 'table_open':
      return table(node, labels)
    case 'heading_open':
      return heading(node, labels, -1)
    case 'hr':
      return html`<hr />`
    default:
      return token.content || content()
  }
}

function elements(nodes: readonly Node[], labels: Labels): readonly Rendered[] {
  return nodes.map((node) => element(node, labels))
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '')
}

function isHeading(node: Node): boolean {
  return node.token.type === 'heading_open'
}

/** The headings' tags, the greatest first, however a text numbers them. */
function headingRanks(nodes: readonly Node[]): readonly string[] {
  return [...new Set(nodes.filter(isHeading).map((node) => node.token.tag))].sort()
}

/** Below the page's own, without a gap. Inside lists and quotes there is no rank, and a heading is bold. */
function heading(node: Node, labels: Labels, rank: number): TemplateResult {
  const content = elements(node.children, labels)
  if (rank === 0) return html`<h2 dir="auto">${content}</h2>`
  if (rank === 1) return html`<h3 dir="auto">${content}</h3>`
  return rank < 0 ? html`<p dir="auto"><strong>${content}</strong></p>` : html`<h4 dir="auto">${content}</h4>`
}

function code(token: Token): TemplateResult {
  const language = token.info.trim().split(/\s/)[0] ?? ''
  return html`<keyswitch-code .code=${token.content.replace(/\n$/, '')} .language=${language}></keyswitch-code>`
}

function item(node: Node, labels: Labels): TemplateResult {
  return html`<li dir=${ifDefined(directionOf(node))}>${elements(node.children, labels)}</li>`
}

function table(node: Node, labels: Labels): TemplateResult {
  const parts = (type: string) =>
    node.children.filter((part) => part.token.type === type).flatMap((part) => part.children)
  return html`<div class="scrolls" tabindex="0" role="group" aria-label=${labels.markdown.table}>
    <table dir=${ifDefined(directionOf(node))}>
      <thead>
        ${parts('thead_open').map((part) => row(part, labels))}
      </thead>
      <tbody>
        ${parts('tbody_open').map((part) => row(part, labels))}
      </tbody>
    </table>
  </div>`
}

function row(node: Node, labels: Labels): TemplateResult {
  return html`<tr>
    ${node.children.map((child) => cell(child, labels))}
  </tr>`
}

function cell(node: Node, labels: Labels): TemplateResult {
  const aligned = attribute(node.token, 'style').replace('text-align:', '')
  const content = elements(node.children, labels)
  return node.token.tag === 'th'
    ? html`<th scope="col" dir="auto" class=${aligned}>${content}</th>`
    : html`<td dir="auto" class=${aligned}>${content}</td>`
}

/** Links lead to the web or to a mail program, and nowhere else; what they say otherwise stays text. */
function link(href: string, content: Rendered): Rendered {
  const address = safeAddress(href)
  return address === null
    ? content
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
