/** Sex and other categories: equal or not. */
export const categoryLevels = ['exact', 'else'] as const
export type Categories = { readonly kind: 'category' }

const sexes = new Map([
  ...[
    'm',
    'male',
    'man',
    '1',
    'masculine',
    'm.',
    'мужской',
    'м',
    'эркек',
    '男',
    'ຊາຍ',
    'ຊ',
    'مرد',
    'mwanaume',
    'me',
    'h',
    'homme',
  ].map((word) => [word, 'm'] as const),
  ...[
    'f',
    'female',
    'woman',
    '2',
    'feminine',
    'w',
    'женский',
    'ж',
    'аял',
    '女',
    'ຍິງ',
    'ຍ',
    'عورت',
    'mwanamke',
    'ke',
    'femme',
  ].map((word) => [word, 'f'] as const),
])

/** `m`, `f`, or the word itself when it is none of those known. */
export function foldSex(written: string): string {
  const word = written.normalize('NFKC').trim().toLowerCase()
  return sexes.get(word) ?? word
}
