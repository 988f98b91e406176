import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import type { DedupeOptions } from '../../cli/dedupe/options.ts'
import { dedupeFiles } from '../../cli/dedupe.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-dedupe-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

const place = (name: string) => path.join(folder, name)
const file = (name: string, content: string | Buffer) => {
  writeFileSync(place(name), content)
  return place(name)
}

/** Runs the command within this process. */
const run = async (files: string[], options: Partial<DedupeOptions> = {}) => {
  const printed = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text)
      return true
    })
  const code = await dedupeFiles(files, { threshold: '0.5', threads: '1', ...options })
  vi.restoreAllMocks()
  return { code, ...printed }
}

/** Runs the command as it is typed. */
const typed = async (args: string[], onFirstWord: (child: ReturnType<typeof spawn>) => void = () => undefined) => {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), 'cli.ts', 'dedupe', ...args])
  const printed = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    printed.stdout += String(chunk)
  })
  child.stderr.once('data', () => onFirstWord(child))
  child.stderr.on('data', (chunk) => {
    printed.stderr += String(chunk)
  })
  const [code] = await once(child, 'close')
  return { code, ...printed }
}

/** People as different scripts write them; each a second time with a slip. */
const people = [
  ['ສົມພອນ', 'ແກ້ວມະນີ', '1981-03-04', '02055512345', 'ວຽງຈັນ'],
  ['ບຸນມີ', 'ພົມມະຈັນ', '1975-11-30', '02055598765', 'ປາກເຊ'],
  ['محمد', 'احمدزی', '1969-07-15', '03001234567', 'لاہور'],
  ['فاطمہ', 'بلوچ', '1992-02-28', '03007654321', 'کوئٹہ'],
  ['Айгүл', 'Асанова', '1988-09-09', '0555123456', 'Ош'],
  ['Бакыт', 'Токтогулов', '1979-12-01', '0555654321', 'Нарын'],
  ['小明', '王', '1990-05-06', '13800138000', '昆明'],
  ['丽华', '陈', '1984-10-21', '13900139000', '大理'],
  ['Wanjiku', 'Kamau', '1995-06-17', '0712345678', 'Nyeri'],
  ['Otieno', "Ng'ang'a", '1983-04-23', '0722345678', 'Kisumu'],
]
const headings = ['id', 'given_name', 'surname', 'birth_date', 'phone', 'city', 'person']
/** Every person's records, first all the first ones, then all the second ones. */
const rows = [0, 1].flatMap((copy) =>
  people.map(([given = '', family = '', born = '', phone = '', city = ''], person) => {
    const slip = copy === 1 && person % 2 === 0 ? phone.replace(/\d$/, '9') : phone
    return [
      `${'ab'[copy]}${person}`,
      given,
      family,
      born,
      slip,
      copy === 1 && person % 3 === 0 ? '' : city,
      `p${person}`,
    ]
  }),
)
const csv = (lines: readonly (readonly string[])[], delimiter = ',') =>
  `${[headings, ...lines].map((line) => line.join(delimiter)).join('\n')}\n`
const all = file('all.csv', csv(rows))

const clustersOf = (text: string) => {
  const [heading, ...lines] = text.trim().split('\n')
  expect(heading).toBe('id,cluster')
  return new Map(lines.map((line) => line.split(',')).map(([id = '', cluster = '']) => [id, cluster]))
}

describe('the answer', () => {
  test.each([
    ['commas', csv(rows)],
    ['semicolons and a mark', `\ufeff${csv(rows, ';')}`],
    ['tabs in UTF-16', Buffer.from(`\ufeff${csv(rows, '\t')}`, 'utf16le')],
  ])('people in four scripts are found in a file with %s, and every record stands once', async (_kind, content) => {
    const clusters = place('clusters.csv')
    const { code, stderr } = await run([file('scripts.csv', content)], { clusters, truth: 'person' })
    expect(code, stderr).toBe(0)
    const found = clustersOf(readFileSync(clusters, 'utf8'))
    expect([...found.keys()]).toEqual(rows.map(([id]) => id))
    for (const [index] of people.entries()) expect(found.get(`b${index}`)).toBe(`a${index}`)
    expect(new Set(found.values()).size).toBe(people.length)
  })

  test('links name both records, the first before the second, with a probability and its weight in bits', async () => {
    const out = place('links.csv')
    await run([all], { out })
    const [heading, ...lines] = readFileSync(out, 'utf8').trim().split('\n')
    expect(heading).toBe('id_a,id_b,probability,weight')
    expect(lines).toHaveLength(people.length)
    for (const line of lines) {
      const [a = '', b = '', probability, weight] = line.split(',')
      expect(b).toBe(a.replace('a', 'b'))
      expect(Number(probability)).toBeCloseTo(1 / (1 + 2 ** -Number(weight)), 3)
    }
  })

  test('without a terminal there is exactly one line on stdout, and no value of a person anywhere', async () => {
    const { stdout, stderr } = await run([all], { out: place('one.csv') })
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(stdout).toMatch(/^20 records, \d+ pairs compared, 10 links at 0.5, 10 clusters, 10 of several records \(/)
    for (const value of people.flat()) expect(stdout + stderr).not.toContain(value)
  })

  test('--json prints one object whose figures are those of the truth', async () => {
    const { stdout } = await run([all], { json: true, truth: 'person' })
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(stdout)).toMatchObject({
      records: 20,
      links: 10,
      clusters: 10,
      quality: { precision: 1, recall: 1, f1: 1, truePairs: 10, withoutTruth: 0, blocking: { recall: 1 } },
    })
  })

  test('--truth-pattern takes the person out of an id', async () => {
    const { stdout } = await run([all], { truth: 'id', truthPattern: '[ab](\\d+)' })
    expect(stdout).toMatch(/precision +1\.0000 +\(10 of 10 pairs within clusters\)/)
    expect(stdout).toMatch(/blocking recall +1\.0000/)
    expect(stdout).toMatch(/probability +pairs +said +true/)
  })

  test('records without a truth are left out of the figures, and that is said', async () => {
    const holed = rows.map((row, at) => (at < 3 ? [...row.slice(0, 6), at === 0 ? 'NA' : ''] : row))
    const { stdout, stderr } = await run([file('holed.csv', csv(holed))], { truth: 'person' })
    expect(stderr).toContain('3 of 20 records have none in column person')
    expect(stdout).toMatch(/recall +1\.0000 +\(7 of 7 true pairs\)/)
  })

  test('a bad row is counted, told with its line, and stands alone in the clusters', async () => {
    const broken = csv(rows).replace(/^(a2,.*)$/m, '$1,extra,extra')
    const clusters = place('broken-clusters.csv')
    const { code, stdout, stderr } = await run([file('broken.csv', broken)], { clusters })
    expect(code).toBe(0)
    expect(stderr).toContain('1 bad row: line 4 (too many fields)')
    expect(stdout).toContain('20 records (1 bad)')
    const found = clustersOf(readFileSync(clusters, 'utf8'))
    expect(found.size).toBe(20)
    expect(found.get('a2')).toBe('a2')
    expect(found.get('b2')).toBe('b2')
  })
})

describe('two lists', () => {
  const left = file('pension.csv', csv(rows.slice(0, 10)).replaceAll(/^a(?=\d)/gm, ''))
  const right = file('health.csv', csv(rows.slice(10), ';').replaceAll(/^b(?=\d)/gm, ''))

  test('ids that repeat from list to list are written as they stand there, the first list first', async () => {
    const out = place('between.csv')
    const { code, stdout } = await run([left, right], { linkOnly: true, out, truth: 'person' })
    expect(code).toBe(0)
    const pairs = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(0, 2))
    expect(pairs).toEqual(people.map((_, at) => [String(at), String(at)]))
    expect(stdout).toContain('10 of 10 links')
  })

  test('without --link-only the source goes before an id that repeats', async () => {
    const clusters = place('qualified.csv')
    const { stderr } = await run([left, right], { clusters })
    expect(stderr).toContain('SOURCE:ID')
    expect(clustersOf(readFileSync(clusters, 'utf8')).get('health:3')).toBe('pension:3')
  })

  test.each([
    ['one list', [all], 'here is one'],
    ['three lists', [all, left, right], 'here are 3'],
  ])('%s cannot be linked', async (_what, files, message) => {
    const { code, stderr } = await run(files, { linkOnly: 'one-to-one' })
    expect(code).toBe(2)
    expect(stderr).toContain(`--link-only links two lists, and ${message}. Name two files`)
  })
})

describe('the model', () => {
  const model = place('model.json')

  test('a saved model gives the same answer as the run that trained it', async () => {
    const [first, second] = [place('first.csv'), place('second.csv')]
    await run([all], { saveModel: model, out: first })
    const { code, stderr } = await run([all], { model, out: second })
    expect(code, stderr).toBe(0)
    expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'))
  })

  test('a model changed by hand is used, and that is said', async () => {
    const changed = JSON.parse(readFileSync(model, 'utf8'))
    changed.model.prior = 0.2
    const { code, stderr } = await run([all], { model: file('changed.json', JSON.stringify(changed)) })
    expect(code).toBe(0)
    expect(stderr).toContain('changed by hand')
  })

  test.each([
    ['no JSON', 'prior: 0.1', /is no JSON.*--save-model/],
    ['another file', '{"a":1}', /is not a model of pamoja dedupe/],
    ['no comparisons', '{"kind":"pamoja-dedupe-model","model":{"version":"1","prior":0.1}}', /holds no share/],
    ['an impossible prior', '{"kind":"pamoja-dedupe-model","model":{"version":"1","prior":7}}', /holds a prior/],
  ])('%s is refused', async (_what, content, message) => {
    const { code, stderr } = await run([all], { model: file('bad.json', content) })
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })

  test('what a model says about itself is text in the report, and figures where figures belong', async () => {
    const report = place('spoilt.html')
    const changed = JSON.parse(readFileSync(model, 'utf8'))
    changed.model.version = '<img src=x>'
    const { code } = await run([all], { model: file('spoilt.json', JSON.stringify(changed)), report })
    expect(code).toBe(0)
    expect(readFileSync(report, 'utf8')).not.toContain('<img')
    changed.model.training.records = '<img src=x>'
    const refused = await run([all], { model: file('worse.json', JSON.stringify(changed)) })
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/how it was trained/)])
  })

  test.each([{ m: 0, u: 0 }, { typical: null }])(
    'a level with %j, which weighs nobody knows what, is refused',
    async (spoilt) => {
      const changed = JSON.parse(readFileSync(model, 'utf8'))
      Object.assign(changed.model.comparisons[0].levels[0], spoilt)
      const { code, stderr } = await run([all], { model: file('weightless.json', JSON.stringify(changed)) })
      expect([code, stderr]).toEqual([2, expect.stringMatching(/without a weight/)])
    },
  )

  test('a model whose levels are not those of now is refused with the comparison and both', async () => {
    const changed = JSON.parse(readFileSync(model, 'utf8'))
    changed.model.comparisons.find(({ name }: { name: string }) => name === 'birthDate').levels.pop()
    const { code, stderr } = await run([all], { model: file('short.json', JSON.stringify(changed)) })
    expect(code).toBe(2)
    expect(stderr).toMatch(/does not fit this version of pamoja: it tells the levels exact, .* of birthDate apart/)
  })

  test('a model that does not know a field is refused with what it knows', async () => {
    const { code, stderr } = await run([all], { model, map: ['surname=familyName,city=occupation'] })
    expect(code).toBe(2)
    expect(stderr).toMatch(/does not fit the columns: it knows nothing of occupation. It compares givenName/)
  })
})

describe('levels set by hand', () => {
  const trained = place('trained.json')
  const levelOf = (from: string, comparison: string, level: string) =>
    JSON.parse(readFileSync(from, 'utf8'))
      .model.comparisons.find(({ name }: { name: string }) => name === comparison)
      .levels.find(({ name }: { name: string }) => name === level)
  const fix = (comparison: string, ...levels: { name: string; m?: number; u?: number }[]) =>
    file(
      'fixed.json',
      JSON.stringify({
        kind: 'pamoja-dedupe-model',
        model: { comparisons: [{ name: comparison, levels: levels.map((level) => ({ ...level, fixed: true })) }] },
      }),
    )

  test('stay, stay marked in the model that is saved, and all else is learnt', async () => {
    const [second, links] = [place('held.json'), place('held.csv')]
    await run([all], { saveModel: trained })
    const { code, stderr } = await run([all], {
      fix: fix('birthDate', { name: 'else', m: 0.2, u: 0.7 }),
      saveModel: second,
      out: links,
    })
    expect(code, stderr).toBe(0)
    expect(levelOf(second, 'birthDate', 'else')).toMatchObject({ m: 0.2, u: 0.7, fixed: true })
    expect(levelOf(second, 'birthDate', 'exact').m).toBeLessThan(levelOf(trained, 'birthDate', 'exact').m)
    expect(levelOf(second, 'birthDate', 'exact').fixed).toBeUndefined()
    expect(levelOf(trained, 'birthDate', 'else').m).not.toBe(0.2)
  })

  test('are read from a model that a run saved and somebody marked', async () => {
    const marked = JSON.parse(readFileSync(trained, 'utf8'))
    marked.model.comparisons[0].levels[0].fixed = true
    const held = place('again.json')
    const { code, stderr } = await run([all], { fix: file('marked.json', JSON.stringify(marked)), saveModel: held })
    expect(code, stderr).toBe(0)
    const { name, levels } = marked.model.comparisons[0]
    expect(levelOf(held, name, levels[0].name).m).toBeCloseTo(levels[0].m, 12)
  })

  test.each([
    [
      'an unknown comparison',
      'birthDat',
      [{ name: 'else', m: 0.1, u: 0.1 }],
      /compared by birthDat. Did you mean birthDate/,
    ],
    ['an unknown level', 'birthDate', [{ name: 'ese', m: 0.1, u: 0.1 }], /a level ese of birthDate. Did you mean else/],
    ['a level without u', 'birthDate', [{ name: 'else', m: 0.1 }], /level else of birthDate as fixed without m and u/],
    ['a share of 0', 'birthDate', [{ name: 'else', m: 0, u: 0.1 }], /level else of birthDate as fixed without m and u/],
    ['no level', 'birthDate', [], /marks no level as fixed/],
    [
      'shares that leave nothing',
      'birthDate',
      [
        { name: 'exact', m: 0.6, u: 0.1 },
        { name: 'else', m: 0.4, u: 0.1 },
      ],
      /fixed levels of birthDate have an m of 1 together/,
    ],
  ])('%s is refused', async (_what, comparison, levels, message) => {
    const { code, stderr } = await run([all], { fix: fix(comparison, ...levels) })
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })

  test('make no sense beside a model that is used as it is', async () => {
    const { code, stderr } = await run([all], { fix: trained, model: trained })
    expect([code, stderr]).toEqual([2, expect.stringMatching(/Name one of the two/)])
  })

  test('are not overwritten by what the run saves', async () => {
    const { code, stderr } = await run([all], { fix: trained, saveModel: trained })
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--save-model/)])
  })
})

describe('--explain', () => {
  test('shows each comparison, its level and bits, and a sentence; the bits add up', async () => {
    const { stdout } = await run([all], { explain: ['a8', 'b8'] })
    expect(stdout).toContain('a8 and b8')
    expect(stdout).toMatch(/birthDate +exact +\+\d+\.\d\d .* 1995-06-17 \| 1995-06-17/)
    expect(stdout).toMatch(/taken for one person: for it speak .*\./)
    const sums = [...stdout.matchAll(/ ([+-]?\d+\.\d\d) +([+-]?\d+\.\d\d)(?: |$)/gm)].map((found) => Number(found[2]))
    expect(sums.at(-1)).toBeCloseTo(Number(/^weight ([+-][\d.]+)/m.exec(stdout)?.[1]), 1)
  })

  test('columns that bring no two records together are told', async () => {
    const { code, stderr } = await run([all], { map: ['city=region'] })
    expect([code, stderr.trim().split('\n').at(-1)]).toEqual([
      0,
      'Nothing was written: name a file with --out LINKS.csv or --clusters CLUSTERS.csv.',
    ])
    expect(stderr).toContain('No two records have enough in common to be compared. Map more columns')
  })

  test('an id that no record has is refused', async () => {
    const { code, stderr } = await run([all], { explain: ['a8', 'zz'] })
    expect([code, stderr.trim().split('\n').at(-1)]).toEqual([2, '--explain: no record has the id zz.'])
  })
})

describe('--report', () => {
  test('is one page without script, network or a value of a person, and escapes what files are called', async () => {
    const odd = file('a <b> & c.csv', csv(rows))
    const report = place('report.html')
    await run([odd], { report, truth: 'person' })
    const html = readFileSync(report, 'utf8')
    expect(html).toContain('People in a &#60;b&#62; &#38; c.csv')
    expect(html).not.toMatch(/<script|https?:|<link|@import|url\(|NaN|undefined|Infinity/i)
    for (const value of people.flat()) expect(html).not.toContain(value)
    for (const title of ['Match weight of each level', 'Pairs by match weight', 'Precision and recall', 'Reliability'])
      expect(html).toContain(`aria-label="${title}"`)
    expect(html).toContain('The surest pair')
  })
})

describe('what cannot work is refused before anything is written', () => {
  mkdirSync(place('folder.csv'))
  const cases: [string, string[], Partial<DedupeOptions>, RegExp][] = [
    ['no file', [], {}, /Name at least one CSV file/],
    ['a missing file', [place('none.csv')], {}, /There is no file .*none\.csv\. Check its name/],
    ['a folder', [place('folder.csv')], {}, /is a folder\. Name the CSV files in it/],
    ['an empty file', [file('empty.csv', '')], {}, /is empty: a row of headings/],
    ['a file of blank lines', [file('blank.csv', '\n\n\n')], {}, /is empty: a row of headings/],
    ['headings alone', [file('headings.csv', 'id,name\n')], {}, /only a row of headings/],
    ['a workbook', [file('book.csv', 'PK\u0003\u0004rest')], {}, /is a workbook or a ZIP archive.*Save it as CSV/],
    ['a web page', [file('page.csv', '<!DOCTYPE html><p>1,2\n<p>3,4\n')], {}, /is a web page, no CSV file/],
    ['JSON', [file('json.csv', '[{"id":1},\n{"id":2}]\n')], {}, /is a JSON file, no CSV file/],
    [
      'a record where the headings should be',
      [file('bare.csv', '17,Ann,1990-02-03\n18,Bob,1991-04-05\n')],
      {},
      /^The first row of the file looks like a record[^1]+$/,
    ],
    ['one record to learn from', [file('lone.csv', 'id,name\n1,Ann\n')], {}, /One record teaches nothing/],
    ['a compressed file', [file('gz.csv', Buffer.from('1f8b0800', 'hex'))], {}, /is compressed/],
    ['NUL bytes', [file('nul.csv', `id,name\n${'1,Ann Mary Otieno\n'.repeat(9)}2,\0\n`)], {}, /holds NUL bytes/],
    [
      'headings that nobody knows',
      [file('odd.csv', 'q,w\n1,2\n')],
      {},
      /--map w=fullName.*\nColumns: q, w\nFields: id /,
    ],
    ['an unknown field', [all], { map: ['surname=lastName'] }, /no field lastName/],
    ['an unknown column', [all], { map: ['surnam=familyName'] }, /no column surnam. Did you mean surname\?/],
    ['an unknown id column', [all], { id: 'key' }, /--id: there is no column key/],
    ['an unknown truth column', [all], { truth: 'persn' }, /--truth: there is no column persn. Did you mean person/],
    [
      'an empty truth column',
      [file('t.csv', 'id,name,t\n1,Ann,\n2,Bob,NA\n')],
      { truth: 't' },
      /stands in the truth column/,
    ],
    ['a pattern that fits nothing', [all], { truth: 'id', truthPattern: 'x(\\d)' }, /fits no value/],
    ['a pattern that is none', [all], { truth: 'id', truthPattern: '(' }, /no regular expression/],
    ['a pattern without a truth', [all], { truthPattern: '(.)' }, /needs --truth/],
    ['a threshold above 1', [all], { threshold: '95' }, /--threshold 95 is no probability/],
    ['a threshold that is no number', [all], { threshold: 'high' }, /is no probability/],
    ['no threads', [all], { threads: '0' }, /--threads 0/],
    ['another way to link', [all], { linkOnly: 'many' }, /neither one-to-one nor one-to-many/],
    ['one id to explain', [all], { explain: ['a1'] }, /needs two ids/],
    ['no folder to write to', [all], { out: place('no/links.csv') }, /there is no folder .*mkdir -p/],
    ['a folder to write to', [all], { out: folder }, /is a folder\. Name a file in it/],
    ['an output that is an input', [all], { clusters: all }, /is a file to be read/],
    ['one output twice', [all], { out: place('x.csv'), clusters: place('x.csv') }, /is named by --out already/],
    ['a missing model', [all], { model: place('no.json') }, /there is no file .*--save-model/],
  ]
  test.each(cases)('%s', async (_what, files, options, message) => {
    const before = readdirSync(folder)
    const { code, stdout, stderr } = await run(files, { report: place('never.html'), ...options })
    expect(stderr).toMatch(message)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).not.toMatch(/\n +at /)
    expect(readdirSync(folder)).toEqual(before)
  })

  test('ids that repeat are named with their lines and counted', async () => {
    const twice = file('twice.csv', 'id,name\n1,Ann\n2,Bob\n1,Cy\n2,Dee\n1,Eve\n')
    const { code, stderr } = await run([twice])
    expect(code).toBe(2)
    expect(stderr).toMatch(/3 records repeat the id .*\n {2}1: .*twice.csv line 2 and .*line 4\n {2}2: /)
    expect((await run([twice], { id: 'none' })).code).toBe(0)
  })

  test.skipIf(!existsSync('/dev/full'))('a disk that is full is nobody’s mistake', async () => {
    expect(await run([all], { out: '/dev/full' })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/disk is full/),
    })
  })

  test.skipIf(process.getuid?.() === 0)('a folder without permission', async () => {
    mkdirSync(place('locked'))
    chmodSync(place('locked'), 0o500)
    expect((await run([all], { out: place('locked/links.csv') })).stderr).toContain('no permission')
  })
})

describe('as it is typed', () => {
  test('options may stand before the files', async () => {
    const [left, right] = [place('pension.csv'), place('health.csv')]
    const { code, stdout, stderr } = await typed(['--link-only', left, right, '--threads', '2'])
    expect(stderr).toContain('Nothing was written')
    expect([code, stdout.split(',')[0]]).toEqual([0, '20 records'])
    const explained = await typed(['--explain', 'a1', 'b1', all])
    expect([explained.code, explained.stdout]).toEqual([0, expect.stringContaining('a1 and b1')])
  })

  test('a mistake ends with exit code 2, an unknown option too, which is named', async () => {
    expect(await typed([place('none.csv')])).toMatchObject({ code: 2, stdout: '' })
    expect(await typed([all, '--treshold', '1'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean --threshold?'),
    })
  })

  test('Ctrl-C stops it with exit code 130 and leaves no file behind', async () => {
    const many = Array.from(
      { length: 40_000 },
      (_, at) => `${at},${people[at % 10]?.[0]}${at % 700},x${at % 900},${at}`,
    )
    const large = file('large.csv', `id,given_name,surname,phone\n${many.join('\n')}\n`)
    const out = place('stopped.csv')
    const { code, stderr } = await typed([large, '--out', out], (child) => child.kill('SIGINT'))
    expect([code, stderr]).toEqual([130, expect.stringContaining('Stopped.')])
    expect(readdirSync(folder).filter((name) => name.startsWith('stopped'))).toEqual([])
    expect(existsSync(out)).toBe(false)
  })
})
