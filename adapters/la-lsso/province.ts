/** Which province a list is from: the title says so, or the rows do, or at last the file's name. */
import { regionOf } from '../../schemas/values/region.ts'
import { laos } from '../../schemas/values/regions.ts'
import type { Cell } from '../transports/header.ts'

const codes = new Map(laos.map(({ code, national }) => [code, national]))

/** The two-digit statistical code of a province by any of its names; undefined when it cannot be told. */
export const provinceCode = (written: string): string | undefined => {
  const region = regionOf('la', written)
  return region && codes.get(region.code)
}

export const isProvinceCode = (code: string): boolean => [...codes.values()].includes(code)

/** Rows that must name the same province before they speak for the whole list: a few insured live across the border. */
const majority = 0.8

/** `named` counts the rows by the province they name. */
export const provinceOf = (
  preamble: readonly (readonly Cell[])[],
  named: ReadonlyMap<string, number>,
  fileName: string,
): string | undefined => {
  const titles = preamble.flat().filter((cell) => typeof cell === 'string' && /\p{L}/u.test(cell))
  const titled = titles.map((cell) => provinceIn(String(cell))).find((code) => code !== undefined)
  if (titled) return titled
  const rows = [...named.values()].reduce((sum, count) => sum + count, 0)
  const most = [...named].find(([, count]) => count >= rows * majority)
  return most?.[0] ?? inFileName(fileName)
}

/** `ແຂວງ: ອັດຕະປື` and `ແຂວງ ອັດຕະປື` alike. */
const provinceIn = (title: string): string | undefined =>
  provinceCode(title) ??
  title
    .split(/[:：,]/)
    .map(provinceCode)
    .find((code) => code !== undefined)

/** `lsso-17-2026-02.xlsx`: the two digits that are not part of a date. */
const inFileName = (name: string): string | undefined => {
  const undated = name.replace(/(?:20|25)\d\d[-_.]\d{2}/g, ' ').replace(/\d{2}[-_.](?:20|25)\d\d/g, ' ')
  const code = /(?<!\d)\d{2}(?!\d)/.exec(undated)?.[0]
  return code !== undefined && isProvinceCode(code) ? code : undefined
}
