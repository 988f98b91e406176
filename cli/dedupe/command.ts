/** `pamoja dedupe` as it is typed. */
import type { Command } from 'commander'
import { type DedupeOptions, isLinkOnly } from './options.ts'

const examples = `
Fields for --map:
  id source givenName familyName fullName birthDate birthYear birthMonth birthDay sex phone email address locality
  postcode region occupation nationalId relatedName identifier:TYPE other:NAME

Examples:
  Find the people in one list; headings that are known need no map:
    pamoja dedupe people.csv --out links.csv --clusters clusters.csv
  Say what the columns hold:
    pamoja dedupe people.csv --map first=givenName,last=familyName,born=birthDate,tel=phone --clusters clusters.csv
  Link two lists in which everybody stands once:
    pamoja dedupe pension.csv health.csv --link-only --out links.csv
  Measure against a known truth, and look at it in a browser:
    pamoja dedupe people.csv --truth cluster --report model.html
  Train, but keep what was set by hand: levels with "fixed": true in a saved model
    pamoja dedupe people.csv --fix model.json --clusters clusters.csv
  Why are these two one person?
    pamoja dedupe people.csv --explain 17 203

Exit codes: 0 done; 1 a fault of pamoja, or the disk is full; 2 something is wrong with the files or options, and the message says what to do;
130 stopped with Ctrl-C.`

const collect = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value]

export function addDedupe(program: Command): void {
  program
    .command('dedupe')
    .description('find the records of one person in plain CSV files; no server, no database')
    .argument('[files...]', 'CSV files: any delimiter, encoding and script')
    .option('--map <column=field,...>', 'what the columns hold; guessed from the headings when missing', collect)
    .option('--id <column>', "the column of the records' ids; none: number the records")
    .option('--out <file>', 'write the links: id_a,id_b,probability,weight')
    .option('--clusters <file>', 'write every record once with its cluster: id,cluster')
    .option('--threshold <probability>', 'take a pair for one person from this probability on', '0.5')
    .option('--link-only [one-to-one|one-to-many]', 'link two lists that hold each person once')
    .option('--truth <column>', 'a column that says who is who: print precision, recall, F1 and more')
    .option('--truth-pattern <regex>', 'the part of the truth column that names the person, as its first group')
    .option('--model <file>', 'use a saved model instead of training one')
    .option('--fix <file>', 'train, but leave the levels alone that this saved model marks "fixed": true')
    .option('--save-model <file>', 'save the model')
    .option('--report <file>', 'write a page about the model and its answer: HTML, no network, no values')
    .option('--explain <id...>', 'print why two records are, or are not, one person; shows their values')
    .option('--threads <n>', 'how many; all cores when missing')
    .option('--json', 'print the summary as one JSON object')
    .addHelpText('after', examples)
    .action(async (files: string[], options: DedupeOptions) => {
      const { dedupeFiles } = await import('../dedupe.ts')
      const moved = untangle(files, options)
      process.exitCode = await dedupeFiles(moved.files, moved.options)
    })
}

/** Options with an open number of values swallow the file names after them: give these back. */
function untangle(files: readonly string[], options: DedupeOptions): { files: string[]; options: DedupeOptions } {
  const { linkOnly } = options
  const isFile = typeof linkOnly === 'string' && !isLinkOnly(linkOnly) && linkOnly.includes('.')
  const [idA, idB, ...rest] = options.explain ?? []
  const pair = [idA, idB].filter((id) => id !== undefined)
  return {
    files: [...(isFile ? [linkOnly] : []), ...rest, ...files],
    options: { ...options, ...(isFile ? { linkOnly: true } : {}), ...(options.explain ? { explain: pair } : {}) },
  }
}
