import { describe, expect, test } from 'vitest'
import { csv } from '../../src/files/csv.ts'
import { markdownTable } from '../../src/files/markdown-table.ts'
import { plainTable } from '../../src/files/plain-table.ts'

const table = {
  columns: [
    { title: 'Phase', align: 'left' as const },
    { title: 'Size', align: 'right' as const },
  ],
  rows: [
    ['Build', '5'],
    ['Launch', '120'],
  ],
}

describe('comma-separated values', () => {
  test('quote what holds commas, quotes and line breaks', () => {
    expect(csv(['a', 'b'], [['x,y', 'say "hi"\nnow']])).toBe('a,b\r\n"x,y","say ""hi""\nnow"\r\n')
  })

  test('keep numbers, also negative ones, and leave unknown ones empty', () => {
    expect(csv(['a', 'b', 'c', 'd'], [[-12.5, null, 0, true]])).toBe('a,b,c,d\r\n-12.5,,0,true\r\n')
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '\n@x', '＝1', '　=1'])(
    'text %j is no formula in a spreadsheet',
    (text) => {
      const cell = csv(['a'], [[text]]).slice('a\r\n'.length)
      expect(cell).toMatch(/^"?'/)
      expect(cell).toContain(text)
    },
  )

  test('column names are guarded too', () => {
    expect(csv(['=a'], [])).toBe("'=a\r\n")
  })
})

describe('a plain table', () => {
  test('sets texts to the left and numbers to the right', () => {
    expect(plainTable(table)).toBe('Phase   Size\n──────  ────\nBuild      5\nLaunch   120\n')
  })

  test('counts characters that take two columns as two', () => {
    const rows = [
      ['日本', '1'],
      ['abcd', '2'],
      ['🚀ab', '3'],
    ]
    expect(
      plainTable({ ...table, rows })
        .split('\n')
        .slice(2, 5),
    ).toEqual(['日本      1', 'abcd      2', '🚀ab      3'])
  })

  test('lets no text steer the terminal', () => {
    expect(plainTable({ ...table, rows: [['a\u001b[31mred\nb', '1']] })).toContain('a [31mred b')
  })

  test('without rows shows its heading alone', () => {
    expect(plainTable({ ...table, rows: [] })).toBe('Phase  Size\n─────  ────\n')
  })
})

test('a Markdown table escapes what would be markup or another column', () => {
  const rows = [['a|b <b>*c*</b>\n_d_ & e', '−1']]
  expect(markdownTable({ ...table, rows })).toBe(
    '| Phase | Size |\n| --- | --: |\n| a\\|b \\<b\\>\\*c\\*\\</b\\> \\_d\\_ &amp; e | −1 |\n',
  )
})
