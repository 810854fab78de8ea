import {parse, type ParsedLine, type TokenType} from 'sugar-high/core'
import {lang, languages} from 'sugar-high/lang'

/** What a piece of code is, for its colour. */
export type Kind = 'keyword' | 'string' | 'value' | 'name' | 'comment' | 'added' | 'removed'

/** Characters of code that look alike; without a kind they look like any text. */
export interface Piece {
  readonly text: string
  readonly kind: Kind | null
}

/** Longer code stays plain: it is read again whenever an answer grows. */
const MOST_CHARACTERS = 16_000

const KINDS: Partial<Record<TokenType, Kind>> = {
  keyword: 'keyword',
  entity: 'keyword',
  string: 'string',
  class: 'value',
  property: 'name',
  comment: 'comment',
}

/**
 * The pieces of a code, which joined are the code.
 *
 * @param language as a Markdown fence names it; of an unknown one everything is plain
 */
export function highlight(code: string, language: string): readonly Piece[] {
  const known = lang(language)
  const config = languages.find(({id}) => id === known)?.config
  if (!config || code.length > MOST_CHARACTERS) return [{text: code, kind: null}]
  const lines = parse(code, config).lines.map(piecesOf)
  const pieces = lines.flatMap((line, index) => (index === 0 ? line : [{text: '\n', kind: null}, ...line]))
  return joined(pieces)
}

function piecesOf(line: ParsedLine): readonly Piece[] {
  if (line.annotations.includes('diff-add')) return [{text: line.value, kind: 'added'}]
  if (line.annotations.includes('diff-remove')) return [{text: line.value, kind: 'removed'}]
  return line.tokens.map(({type, value}) => ({text: value, kind: KINDS[type] ?? null}))
}

/** Neighbours of one kind in one piece: few elements, and no character is torn apart. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (last?.kind === piece.kind) {
      result[result.length - 1] = {text: last.text + piece.text, kind: piece.kind}
    } else {
      result.push(piece)
    }
  }
  return result
}
