/** docs/rules.md, written from the rules themselves, in words for the officer who works with them. */
import type { Action, Severity } from './finding.ts'
import type { CountryLaw, Dated, Law } from './law/law.ts'
import type { Parameter, Rule } from './rule.ts'

/** A rule that is wanted and cannot be built yet. */
export type Unbuilt = { readonly id: string; readonly title: string; readonly why: string }

const severities: Readonly<Record<Severity, string>> = {
  S1: 'money is leaving now, or somebody’s right is at risk',
  S2: 'a likely error',
  S3: 'quality of data',
}
const actions: Readonly<Record<Action, string>> = {
  hold: 'The owner looks at the next payment before it goes out. Nothing is held without notice to the person, time to answer, and an officer’s decision.',
  review: 'The owner looks at the records side by side and decides what is true.',
  notify: 'The owner writes to whom it concerns: the person, the employer or the platform.',
  fix: 'The owner corrects its record, or says why it is right.',
  report: 'The owner hands it to those who follow it up, such as the inspectorate.',
}
const subjects: Readonly<Record<Rule['subject'], string>> = {
  person: 'each person',
  household: 'the people of a household',
  employer: 'the people of an employer',
  identifier: 'the people who hold one number',
  phone: 'the people of one telephone number',
  account: 'the people of one account',
  caregiver: 'the people whom one caregiver looks after',
  dependant: 'the people under whom one dependant is listed',
  registry: 'each registry',
}
const aims: Readonly<Record<Rule['aim'], string>> = {
  integrity: 'money and identity are kept right',
  'take-up': 'people are reached who are left out',
  quality: 'the data get better',
}
const evidence: Readonly<Record<Rule['evidence'], string>> = {
  confirmed:
    'only records that are confirmed to be one person’s: by a number and agreeing names and birth date, or by a steward',
  linked: 'all records that the hub holds for one person, so that nothing is missed that one of them says',
}

/** Markdown. Same rules, same law, same bytes. */
export const rulesPage = (rules: readonly Rule[], law: Law, unbuilt: readonly Unbuilt[]): string =>
  [
    '# The rules of the nightly reconciliation',
    'Written from the rules themselves by `npm run gen:rules`; do not edit.',
    opening,
    ...legend,
    '## The rules at a glance',
    table(
      ['rule', 'finds', 'weight', 'proposes', 'days'],
      rules.map(({ id, title, severity, action, dueInDays }) => [
        `[${id}](#${anchor(id, title)})`,
        title,
        severity,
        action,
        `${dueInDays}`,
      ]),
    ),
    ...rules.flatMap(ruleSection),
    '## Rules that cannot be built yet',
    unbuilt.length === 0
      ? 'None: every rule that was asked for stands above.'
      : table(
          ['rule', 'would find', 'why not yet'],
          unbuilt.map(({ id, title, why }) => [id, title, why]),
        ),
    ...lawSection(law),
    '',
  ].join('\n\n')

const opening = [
  'Every night the hub compares what registries say about the same people. A rule looks for one situation and writes down a finding: the facts it',
  'rests on, the money at stake, who should act, what is proposed and until when. **No finding stops anybody’s benefit.** An officer of the owner',
  'decides, after the person concerned was told, could answer, and can appeal. A finding that a rule makes no more is resolved by itself; the',
  'same finding keeps its number, its history and its age from night to night.',
].join('\n')

const legend = [
  table(['weight', 'means'], Object.entries(severities)),
  table(['proposal', 'what happens'], Object.entries(actions)),
  [
    'A date that is known by its year or month is never taken for more than that. What a registry no longer lists says nothing about today. The',
    'silence of a registry that the hub does not read is no absence. Every setting can be changed in `hub.yaml` under `reconciliation`; `npx pamoja reconcile --try FILE` shows first what',
    'other settings would find, without touching anything; the file says, for example, `{ rules: { R06: { gapMonths: 3 }, R27: { off: true, severity: S1 } } }`.',
  ].join('\n'),
]

const ruleSection = (rule: Rule): string[] => [
  `## ${rule.id}: ${rule.title}`,
  rule.says,
  [
    `- **Why.** ${plain(rule.reason)}`,
    `- **A finding says:** ${plain(rule.message)}`,
    `- **Weight.** ${rule.severity}, ${severities[rule.severity]}; the case may make it another. It is there so that ${aims[rule.aim]}.`,
    `- **Proposal.** ${rule.action}: ${actions[rule.action]}`,
    `- **Whose move.** The registry that the finding names as its owner, within ${rule.dueInDays === 1 ? 'a day' : `${rule.dueInDays} days`}.`,
    `- **Looks at** ${subjects[rule.subject]}${rule.subject === 'registry' ? '' : `; ${evidence[rule.evidence]}`}.`,
  ].join('\n'),
  ...(Object.keys(rule.parameters).length === 0
    ? []
    : [
        table(
          ['setting', 'usually', 'from', 'to', 'means'],
          Object.entries(rule.parameters).map(([name, { value, least, most, says }]) => [
            `\`${name}\``,
            valueText(value),
            least === undefined ? '' : `${least}`,
            most === undefined ? '' : `${most}`,
            sentence(says),
          ]),
        ),
      ]),
]

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`

const valueText = (value: Parameter['value']): string =>
  value === '' ? 'empty' : typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${value}`

/** Figures of a case stand in italics, by their names. */
const plain = (text: string): string => text.replace(/\{(\w+)\}/g, '*$1*')

const countries = { ke: 'Kenya', la: 'Lao PDR', pk: 'Pakistan', kg: 'Kyrgyz Republic', cn: 'China' } as const

const lawSection = (law: Law): string[] => [
  '## What the rules take for the law',
  'Data, with their sources; `mem-sure` and `mem-unsure` mark figures from general knowledge that nobody looked up. An operator confirms them first.',
  '### Schemes',
  table(
    ['scheme', 'title', 'branches', 'paid by', 'everybody employed', 'unit'],
    Object.entries(law.schemes).map(([id, { title, branches, financing, mandatory, unit }]) => [
      `\`${id}\``,
      title,
      branches.join(', '),
      financing,
      mandatory ? 'yes' : '',
      unit ?? 'person',
    ]),
  ),
  '### Schemes that exclude each other',
  table(
    ['scheme', 'and', 'for one', 'gives way', 'source'],
    law.incompatible.map(({ schemes: [one, other], unit, holds, source }) => [
      `\`${one}\``,
      `\`${other}\``,
      unit,
      `\`${holds}\``,
      source,
    ]),
  ),
  '### Ages and contributions',
  table(
    ['country', 'what', 'from', 'is', 'source'],
    Object.entries(countries).flatMap(([code, country]) => {
      const figures = law.countries[code as keyof typeof countries]
      return figures ? countryRows(country, figures) : []
    }),
  ),
]

const countryRows = (country: string, law: CountryLaw): string[][] => {
  const rows = <Figure>(what: string, list: readonly Dated<Figure>[], words: (figure: Figure) => string): string[][] =>
    list.map(({ from, figure, source }) => [country, what, from, words(figure), source])
  return [
    ...rows(
      'pension age',
      law.pensionAge,
      ({ male, female, early }) => `men ${male}, women ${female}${early === undefined ? '' : `, early ${early}`}`,
    ),
    ...rows('age of work', law.workingAge, ({ general, hazardous }) => `${general}, hazardous ${hazardous}`),
    ...rows(
      'dependants until',
      law.dependantUntil,
      ({ age, student }) => `${age}${student === undefined ? '' : `, students ${student}`}`,
    ),
    ...Object.entries(law.maternity).flatMap(([scheme, list]) =>
      rows(
        `maternity, \`${scheme}\``,
        list,
        ({ months, within }) => `${months} months of contributions within ${within}`,
      ),
    ),
    ...Object.entries(law.rates).flatMap(([key, list]) =>
      rows(`contribution, \`${key}\``, list, (rate) =>
        rate ? `on pay of 50,000: ${rate(5_000_000) / 100}` : 'unknown',
      ),
    ),
  ]
}

const anchor = (id: string, title: string): string =>
  `${id}: ${title}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}
