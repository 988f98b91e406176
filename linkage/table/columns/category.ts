/** Sex and other categories: equal or not. */
export const categoryLevels = ['exact', 'else'] as const
export type Categories = { readonly kind: 'category' }

/**
 * Words for the sexes in the languages of the registries and their neighbours. Letters that mean one sex here and the other there
 * (h and m, l and p) are left as they are, but for m and f.
 */
const words = {
  m: `m m. male man boy 1 masculine masculino masculin homme hombre homem männlich maennlich mann
    мужской муж мужчина м эркек erkek 男 男性 ຊາຍ ຊ ชาย مرد ذكر पुरुष পুরুষ laki-laki pria lalaki nam mwanaume mume me`,
  f: `f female woman girl 2 feminine femenino feminino féminin feminin w femme mujer mulher weiblich frau
    женский жен женщина ж аял kadın kadin 女 女性 ຍິງ ຍ หญิง عورت أنثى انثى महिला মহিলা perempuan wanita babae nữ nu mwanamke mke ke`,
}
const sexes = new Map(
  Object.entries(words).flatMap(([sex, text]) =>
    text.split(/\s+/).map((word) => [word.normalize('NFKC'), sex] as const),
  ),
)

/** `m`, `f`, or the word itself when it is none of those known. */
export function foldSex(written: string): string {
  const word = written.normalize('NFKC').trim().toLowerCase()
  return sexes.get(word) ?? word
}
