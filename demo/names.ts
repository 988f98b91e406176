/** Names of the demo country, drawn from the authored lists in demo/names (CC0; no record of a person). */
import { readFileSync } from 'node:fs'
import { packageFile } from '../schemas/files.ts'
import type { NameWord, Sex } from './person.ts'
import type { Random } from './random.ts'

type Listed = NameWord & { readonly sex: string; readonly weight: number }

export const communities = [
  { name: 'kikuyu', weight: 22, counties: ['022', '021', '019', '047'] },
  { name: 'luo', weight: 14, counties: ['042', '041', '043', '044', '047'] },
  { name: 'luhya', weight: 15, counties: ['037', '039', '038', '040', '047'] },
  { name: 'kamba', weight: 13, counties: ['016', '015', '017', '047'] },
  { name: 'kalenjin', weight: 14, counties: ['027', '029', '035', '036', '032'] },
  { name: 'meru', weight: 8, counties: ['012', '013'] },
  { name: 'somali_muslim', weight: 7, counties: ['007', '008', '009', '047'] },
  { name: 'coastal_swahili', weight: 7, counties: ['001', '002', '003'] },
] as const
type Community = (typeof communities)[number]['name']

/** Cells of the lists hold neither quotes nor commas. */
const rowsOf = (file: string): string[][] =>
  readFileSync(packageFile(`demo/names/${file}`), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))

const listed = (sex: string, written: string, variants: string, weight: string, lao?: string): Listed => ({
  sex,
  written,
  variants: variants === '' ? [] : variants.split('|'),
  weight: Number(weight),
  ...(lao !== undefined && { lao }),
})

const kenyan = new Map<string, Listed[]>()
for (const [group = '', , sex = '', written = '', variants = '', weight = '1'] of rowsOf('ke_names.csv')) {
  const key = `${group} ${sex}`
  kenyan.set(key, [...(kenyan.get(key) ?? []), listed(sex, written, variants, weight)])
}
const lao = new Map<string, Listed[]>()
for (const [role = '', sex = '', script = '', written = '', variants = '', weight = '1'] of rowsOf('la_names.csv')) {
  const key = `${role} ${sex}`
  lao.set(key, [...(lao.get(key) ?? []), listed(sex, written, variants, weight, script)])
}

const letterOf: { readonly [sex in Sex]: string } = { male: 'M', female: 'F' }

const drawFrom = (lists: ReadonlyMap<string, readonly Listed[]>, key: string, random: Random): NameWord => {
  const { written, variants, lao: script } = random.weighed(lists.get(key) ?? [])
  return { written, variants, ...(script !== undefined && { lao: script }) }
}

/** What a child takes over from its father: the word that people know him by. */
export type FamilyName = { readonly community: Community; readonly father: readonly NameWord[] }

/**
 * A Kenyan name, given word first: mostly a Christian name, an own name and the father's name; Somali and coastal people
 * carry the names of father and grandfather instead. Shape shares after registries.md section 6.
 */
export const kenyanName = (random: Random, sex: Sex, family: FamilyName): NameWord[] => {
  const letter = letterOf[sex]
  const father = family.father[0] ?? fatherName(random, family.community)
  if (family.community === 'somali_muslim' || family.community === 'coastal_swahili') {
    const given = drawFrom(kenyan, `${family.community} ${letter}`, random)
    const grandfather = family.father[1] ?? fatherName(random, family.community)
    return random.chance(0.95) ? [given, father, grandfather] : [given, father]
  }
  const given = drawFrom(kenyan, `christian ${letter}`, random)
  const own = drawFrom(kenyan, `${family.community} ${letter}`, random)
  const shape = random.next()
  if (shape < 0.7) return [given, own, father]
  if (shape < 0.95) return random.chance(0.6) ? [given, father] : [own, father]
  return [given, drawFrom(kenyan, `christian ${letter}`, random), own, father]
}

const fatherName = (random: Random, community: Community): NameWord => drawFrom(kenyan, `${community} M`, random)

/** The words a man's children carry as theirs: his own name, then his father's. */
export const fatherWords = (words: readonly NameWord[]): NameWord[] => {
  const own = words[words.length - 2]
  const last = words[words.length - 1]
  return [own, last].filter((word) => word !== undefined)
}

export const laoFamilyName = (random: Random): NameWord => drawFrom(lao, 'surname ', random)

/** A Lao name, given name first; a few people have no family name, and Hmong men put the clan first. */
export const laoName = (random: Random, sex: Sex, family: NameWord | undefined): NameWord[] => {
  if (sex === 'male' && random.chance(0.04)) return hmongWords(drawFrom(lao, 'ethnic_hmong M', random))
  const given = drawFrom(lao, `given ${letterOf[sex]}`, random)
  return family ? [given, family] : [given]
}

const hmongWords = (name: NameWord): NameWord[] => {
  const script = name.lao?.split(' ') ?? []
  return name.written.split(' ').map((written, i) => {
    const variants = name.variants.map((variant) => variant.split(' ')[i]).filter((word) => word !== undefined)
    const lao = script[i]
    return { written, variants, ...(lao !== undefined && { lao }) }
  })
}
