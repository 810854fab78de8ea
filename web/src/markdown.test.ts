import {render} from 'lit'
import {describe, expect, it} from 'vitest'
import {en} from './language/en.js'
import {Markdown, words} from './markdown.js'

/** The page's elements for a text, without lit's marks and without the inside of code blocks. */
function shown(text: string, markdown = new Markdown(), growing = false): string {
  const root = document.createElement('div')
  render(markdown.show(text, growing, en), root)
  return root.innerHTML
    .replace(/<!--.*?-->/gs, '')
    .replace(/\s+/g, ' ')
    .trim()
}

describe('a text', () => {
  it.each([
    [
      'one *two* **three** ~~four~~ `five`',
      '<p dir="auto">one <em>two</em> <strong>three</strong> <del>four</del> <code dir="ltr">five</code></p>',
    ],
    ['a\nb', '<p dir="auto">a<br>b</p>'],
    ['> said', '<blockquote dir="ltr"><p dir="auto">said</p></blockquote>'],
    ['これは**「重要」**な点です。', '<p dir="auto">これは<strong>「重要」</strong>な点です。</p>'],
    ['---', '<hr>'],
    ['# Title\n\n### Below', '<h2 dir="auto">Title</h2><h3 dir="auto">Below</h3>'],
  ])('becomes elements: %j', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  it('shows lists, tasks and tables', () => {
    expect(shown('- [x] done\n- [ ] open').replace(/> </g, '><')).toBe(
      '<ul dir="ltr"><li dir="ltr">☑ done</li><li dir="ltr">☐ open</li></ul>',
    )
    expect(shown('3. three').replace(/> </g, '><')).toBe('<ol dir="ltr" start="3"><li dir="ltr">three</li></ol>')
    expect(shown('|a|b|\n|-|-:|\n|1|2|')).toContain('<td dir="auto" class="right">2</td>')
  })

  it('hands code to its own element, with its language', () => {
    expect(shown('```java x\nint a;\n```')).toContain('<keyswitch-code>')
  })
})

describe('the direction', () => {
  it.each([
    [
      'of each item is that of its own text',
      '- one\n- اثنان',
      '<ul dir="ltr"><li dir="ltr">one</li><li dir="rtl">اثنان</li></ul>',
    ],
    [
      'of a quote is that of its first letter, of each paragraph in it its own',
      '> `code` قال\n>\n> said',
      '<blockquote dir="rtl"><p dir="auto"><code dir="ltr">code</code> قال</p><p dir="auto">said</p></blockquote>',
    ],
    ['of a list of digits is that around it', '- 1', '<ul><li>1</li></ul>'],
  ])('%s', (_, text, expected) => {
    expect(shown(text).replace(/> </g, '><')).toBe(expected)
  })

  it('of each cell is that of its own text', () => {
    const root = document.createElement('div')
    render(new Markdown().show('|a|ب|\n|-|-|\n|1|2|', false, en), root)
    expect(root.querySelector('table')?.dir).toBe('ltr')
    expect([...root.querySelectorAll('th, td')].map((cell) => cell.getAttribute('dir'))).toEqual(Array(4).fill('auto'))
  })
})

it.each(['<br>', '<br/>', '<BR />'])('breaks the line of a cell at %s', (tag) => {
  expect(shown(`|a|\n|-|\n|1${tag}2|`)).toContain('<td dir="auto" class="">1<br>2</td>')
})

describe('a formula', () => {
  it.each([
    String.raw`\( a_1 * b_2 * c \)`,
    String.raw`\[ a_1 * b_2 * c \]`,
    String.raw`$$ \frac{a_1}{b_2} * c * d $$`,
    '$x_1$',
    '$x_1 * y_2 * z$',
  ])('stays as it was written: %s', (formula) => {
    expect(shown(`so ${formula} it is`)).toBe(
      `<p dir="auto">so <span class="formula" dir="ltr">${formula}</span> it is</p>`,
    )
  })

  it.each([
    ['\\[', '\\]'],
    ['$$', '$$'],
  ])('stays as it was written between lines of %s', (begin, end) => {
    const lines = [begin, 'a_1', '', '- b_2 *c*', end]
    const root = document.createElement('div')
    render(new Markdown().show(`so\n${lines.join('\n')}\nit is`, false, en), root)
    expect(root.querySelector('.formula')?.textContent?.trim()).toBe(lines.join('\n'))
    expect(root.querySelectorAll('p')).toHaveLength(3)
  })

  it.each([
    ['$5 and $10 *now*', '$5 and $10 <em>now</em>'],
    ['from US$5 to US$6 *now*', 'from US$5 to US$6 <em>now</em>'],
    ['$5 or `$6` *now*', '$5 or <code dir="ltr">$6</code> <em>now</em>'],
    [String.raw`\$5 and 6$ *now*`, '$5 and 6$ <em>now</em>'],
  ])('is no amount of money: %s', (text, expected) => {
    expect(shown(text)).toBe(`<p dir="auto">${expected}</p>`)
  })
})

describe('what a model writes', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<iframe src="https://x.example"></iframe>',
    '&lt;b&gt;',
  ])('is never HTML of the page: %s', (text) => {
    const root = document.createElement('div')
    render(new Markdown().show(text, false, en), root)
    expect(root.querySelector('script, img, iframe, b')).toBeNull()
    expect(root.textContent?.trim().length).toBeGreaterThan(0)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '/relative', '//host'])(
    'links to the web and to mail alone, not to %s',
    (href) => {
      expect(shown(`[here](${href})`)).not.toContain('<a')
    },
  )

  it('opens links elsewhere, without telling where from', () => {
    expect(shown('[here](https://x.example)')).toBe(
      '<p dir="auto"><a target="_blank" rel="noopener noreferrer nofollow" href="https://x.example/">here</a></p>',
    )
  })

  it('never loads a picture: it becomes a link', () => {
    expect(shown('![cat](https://x.example/cat.png)')).toContain('>cat</a>')
    expect(shown('![](https://x.example/cat.png)')).toContain('>picture</a>')
  })
})

describe('a growing text', () => {
  it('shows at every length what it would show if it came at once', () => {
    const text =
      '# One\n\nsome *words* here\n\n- a\n- b\n\n```js\nlet x = 1\n\nx++\n```\n\n> end\n\n|a|\n|-|\n|1|\n\n$$\na_1\n\nb\n$$\n\n\\(x\\) $y$ **「z」**か\n'
    const growing = new Markdown()
    for (let end = 1; end <= text.length; end++) {
      const part = text.slice(0, end)
      expect(shown(part, growing, true), JSON.stringify(part)).toBe(shown(part))
    }
  })

  it('begins anew when another text comes', () => {
    const growing = new Markdown()
    shown('one\n\ntwo\n\nthree', growing, true)
    expect(shown('other', growing, true)).toBe('<p dir="auto">other</p>')
  })
})

it('tells the words of a text', () => {
  expect(words('# A *b*\n\n- c\n- [d](https://x.example)')).toBe('A b c d')
})
