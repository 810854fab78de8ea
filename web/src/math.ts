import type {MarkdownIt} from 'markdown-it'

/** Formulas within a text, from each beginning to its end. Their length is limited, so that beginnings without end cost little. */
const FORMULAS = [
  /\\\([^]{0,1000}?\\\)/y,
  /\\\[[^]{0,1000}?\\\]/y,
  /\$\$[^$]+\$\$/y,
  /\$(?![\s$])[^$`\n]*?[^\s$`\\]\$(?!\d)/y,
]

/** The lines that begin and end a formula of its own. */
const FENCES = new Map([
  ['\\[', '\\]'],
  ['$$', '$$'],
])

/**
 * Keeps formulas in LaTeX as they were written: Markdown would take their backslashes away, and make emphasis of their
 * underscores. Amounts of money are no formulas: before a formula's last sign of dollar there is no space, and behind it
 * no digit.
 */
export function keepFormulas(parser: MarkdownIt): void {
  parser.inline.ruler.before('escape', 'formula', (state, silent) => {
    const formula = FORMULAS.map((pattern) => matchAt(pattern, state.src, state.pos)).find((text) => text !== undefined)
    if (formula === undefined) return false
    if (!silent) state.push('formula', '', 0).content = formula
    state.pos += formula.length
    return true
  })
  const options = {alt: ['paragraph', 'reference', 'blockquote', 'list']}
  parser.block.ruler.before(
    'fence',
    'formula_block',
    (state, start, end, silent) => {
      const line = (at: number) => state.getLines(at, at + 1, state.blkIndent, false).trim()
      const closing = FENCES.get(line(start))
      if (closing === undefined) return false
      if (silent) return true
      const inside = (at: number) => at < end && (state.isEmpty(at) || (state.sCount[at] ?? 0) >= state.blkIndent)
      let last = start + 1
      while (inside(last) && line(last) !== closing) last++
      // One that is not closed goes on as far as it can, for it may be growing.
      state.line = inside(last) ? last + 1 : last
      const token = state.push('formula_block', '', 0)
      token.content = state.getLines(start, state.line, state.blkIndent, false)
      token.map = [start, state.line]
      return true
    },
    options,
  )
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
