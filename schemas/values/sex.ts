import type { Sex } from '../contract.ts'
import { laoNormal, tidy } from './name.ts'

/**
 * Every coding that says the same thing wherever it is used: ISO/IEC 5218, GB/T 2261.1, letters, words, Lao, Russian,
 * Kyrgyz, Urdu, Chinese. The Kyrgyz PIN's first digit (1 female, 2 male) is the reverse of ISO 5218, so it is not here:
 * see `impliedByIdentifier`.
 */
const codings: { readonly [sex in Sex]: readonly string[] } = {
  male: [
    '1',
    'm',
    'male',
    'man',
    'boy',
    'ຊ',
    'ຊາຍ',
    'ທ',
    'ທ້າວ',
    'м',
    'муж',
    'мужской',
    'мужчина',
    'эркек',
    'مرد',
    '男',
    '男性',
  ],
  female: [
    '2',
    'f',
    'female',
    'woman',
    'girl',
    'ຍ',
    'ຍິງ',
    'ນ',
    'ນາງ',
    'ж',
    'жен',
    'женский',
    'женщина',
    'аял',
    'عورت',
    '女',
    '女性',
  ],
  'not-known': ['0', 'unknown', 'not known', 'u'],
  'not-applicable': ['9', 'not applicable', 'not stated'],
}

const fold = (text: string): string => laoNormal(text).toLowerCase().replace(/\.0*$/, '')

const sexes = new Map<string, Sex>(
  (['male', 'female', 'not-known', 'not-applicable'] as const).flatMap((sex) =>
    codings[sex].map((code): [string, Sex] => [fold(code), sex]),
  ),
)

/** The sex a registry wrote, or undefined when nothing was written or the coding does not say. */
export const readSex = (written: unknown): Sex | undefined => sexes.get(fold(tidy(written)))
