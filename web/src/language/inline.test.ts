/// <reference types="vite/client" />
import ts from 'typescript'
import {describe, expect, it} from 'vitest'

/** What users see and hear is written in src/language and src/page/labels.ts alone. This finds what is written elsewhere. */

const SOURCES = import.meta.glob<string>(['../**/*.ts', '!../**/*.test.ts', '!./*.ts', '!../page/labels.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const DOCUMENT = import.meta.glob<string>('../../index.html', {query: '?raw', import: 'default', eager: true})

/** Attributes and properties whose value is shown or read out; `label` and `yes` are those of our own elements. */
const VISIBLE = /^\.?(aria-(label|description|placeholder|roledescription|valuetext)|placeholder|title|alt|label|yes)$/

/** The start and the end of an expression's number in the markup of a template. */
const [START, END] = ['\uE000', '\uE001']

/** The name of the app is the same in every language. */
const NAME = 'Keyswitch'

/** Literals in a template's text and visible attributes, and sentences anywhere else in the code. */
function inline(source: string): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && ['html', 'svg'].includes(node.tag.getText())) {
      found.push(...inTemplate(node.template))
    } else if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const literals = valuesOf(node)
      if (isSentence(literals.join('x')) && !isForDevelopers(node)) found.push(...literals.filter(hasWords))
    }
    node.forEachChild(visit)
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true))
  return [...new Set(found)]
}

function inTemplate(template: ts.TemplateLiteral): readonly string[] {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return inMarkup(template.text, [])
  const expressions = template.templateSpans.map((span) => span.expression)
  const texts = template.templateSpans.map((span, index) => START + index + END + span.literal.text)
  return inMarkup(template.head.text + texts.join(''), expressions)
}

function inMarkup(markup: string, expressions: readonly ts.Expression[]): readonly string[] {
  const shown = markup.replace(/<!--.*?-->/gs, '').split(/(<[^>]*>)/)
  const parts = shown.flatMap((part) => (part.startsWith('<') ? visibleAttributes(part) : [part]))
  const numbered = new RegExp(`${START}(\\d+)${END}`, 'g')
  return parts.flatMap((part) => {
    const literals = [...part.matchAll(numbered)].flatMap(([, index]) => valuesOf(expressions[Number(index)]))
    return [part.replace(numbered, ' ').trim(), ...literals].filter(hasWords)
  })
}

function visibleAttributes(tag: string): readonly string[] {
  const attributes = tag.matchAll(/([^\s="'<>]+)=("[^"]*"|'[^']*'|[^\s>]+)/g)
  return [...attributes]
    .filter(([, name]) => VISIBLE.test(name ?? ''))
    .map(([, , value]) => value?.replaceAll('"', '') ?? '')
}

/** The literals that an expression may give. */
function valuesOf(node: ts.Node | undefined): readonly string[] {
  if (node === undefined) return []
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(valuesOf)
  if (ts.isParenthesizedExpression(node)) return valuesOf(node.expression)
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(valuesOf)
  if (ts.isElementAccessExpression(node)) return valuesOf(node.expression)
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.flatMap((property) =>
      ts.isPropertyAssignment(property) ? valuesOf(property.initializer) : [],
    )
  }
  if (ts.isBinaryExpression(node) && ['+', '??', '||', '&&'].includes(node.operatorToken.getText())) {
    return [node.left, node.right].flatMap(valuesOf)
  }
  return []
}

function hasWords(text: string): boolean {
  return /\p{L}/u.test(text) && text !== NAME
}

/** Several words with a capital letter or punctuation. */
function isSentence(text: string): boolean {
  return /^\p{Lu}\S*\p{Ll}\S* \S*\p{L}|\p{L}[.…?!]( |$)|\p{L} …$/u.test(text)
}

/** Errors of the code itself and what is written to the console. */
function isForDevelopers({parent}: ts.Node): boolean {
  if (ts.isBinaryExpression(parent)) return isForDevelopers(parent)
  if (ts.isTaggedTemplateExpression(parent)) return true
  if (ts.isNewExpression(parent)) return parent.expression.getText() === 'Error'
  return ts.isCallExpression(parent) && parent.expression.getText().startsWith('console.')
}

describe('a source file', () => {
  it.each(Object.keys(SOURCES))('has no labels of its own: %s', (path) => {
    expect(inline(SOURCES[path] ?? '')).toEqual([])
  })
})

it('the document has no labels of its own but the name of the app', () => {
  expect(Object.values(DOCUMENT).flatMap((markup) => inMarkup(markup, []))).toEqual([])
})

describe('an inline label is found', () => {
  it.each([
    ['in a text', 'html`<p>Hello <b>${name}</b></p>`', ['Hello']],
    ['in an expression', "html`<p>${loading ? 'Loading …' : text}</p>`", ['Loading …']],
    ['in a lookup', "html`<p>${{good: 'Saved', bad: problem}[kind]}</p>`", ['Saved']],
    ['in an attribute', 'html`<button class="icon" aria-label="Send">${icon}</button>`', ['Send']],
    ['in a composed attribute', "html`<a title=${'Delete ' + name}></a>`", ['Delete ']],
    ['in a property', 'html`<x-field .placeholder=${`For example ${id}`}></x-field>`', ['For example ']],
    ['in a nested template', 'html`<ul>${all.map((one) => html`<li>New ${one}</li>`)}</ul>`', ['New']],
    ['in code, as a sentence', "const problem = 'Something went wrong.'", ['Something went wrong.']],
    ['in code, as a label', "card('own', 'Your own key')", ['Your own key']],
  ])('%s', (_, source, expected) => {
    expect(inline(source)).toEqual(expected)
  })

  it.each([
    ['a label', 'html`<p aria-label=${labels.send}>${labels.hello} · ${name}</p>`'],
    ['an attribute nobody sees', 'html`<p class="big red" role="alert" title=""></p>`'],
    ['a comparison', "html`<p>${kind === 'good' ? labels.good : labels.bad}</p>`"],
    ['a message for developers', "console.warn('Nothing came back.'); throw new Error(name + ' is missing.')"],
    ['a style', 'css`p { color: red; }`'],
  ])('but not %s', (_, source) => {
    expect(inline(source)).toEqual([])
  })
})
