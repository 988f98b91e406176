import { describe, expect, test } from 'vitest'
import { pinyinOf } from '../../../linkage/names/pinyin.ts'
import { wordOf } from '../../../linkage/names/word.ts'
import { wordAgreement } from '../../../linkage/names/word-level.ts'

function word(written: string) {
  const made = wordOf(written)
  if (!made) throw new Error('The test needs a word.')
  return made
}

/** One pair a line of the same level. */
const levels: Record<string, [level: number, pairs: string]> = {
  'the same word': [4, 'MARY Mary; José Jose; Ndung’u Ndungu; 張偉 张伟; علي علی; ÖZGÜR Özgür; Đặng Dang'],
  'a short form and its name': [
    3,
    `Bob Robert; Rob Bob; Bert Robert; Bert Albert; Liz Elizabeth; Lisa Elizabeth; Bill Liam; Peggy Margaret; Jack John; Pepe José;
     Paco Francisco; Gianni Giovanni; Sasha Aleksandr; Саша Александр; Vova Vladimir; Lupe Guadalupe; Kees Cornelis; Kasia Katarzyna`,
  ],
  'one name in two scripts': [
    3,
    `ສົມສັກ Somxack; Евгений Yevgeny; محمد Mehmet; فاطمة Fatma; 小明 Xiaoming; 单 Shan; 曾 Zeng; 查 Zha; 解 Xie; 仇 Qiu; Γιάννης Yannis;
     राजेश Rajesh; কামাল Kamal; ராஜன் Rajan; วิชัย Wichai; 민수 Minsu; たなか Tanaka; ኃይለ Haile; გიორგი Giorgi; Հայկ Hayk`,
  ],
  'one name in two spellings': [
    3,
    `Jon John; Ann Anna; Smith Smyth; Mueller Müller; McDonald MacDonald; Meier Mayer; Gonzalez Gonzales; Youssef Yusuf; Sergei Sergey;
     Abdelkader Abdulqadir; Noureddine Nuruddin; Steven Stephen; Micheal Michael; Diallo Jallow`,
  ],
  'a slip of the pen': [
    2,
    `Wanjiku Wanjikuz; Christopher Chritsopher; Njoroge Njorge; Xiaoming Xiaomin; Kipchumba Kipchmuba; Papadopoulos Papadopolous;
     小明 晓明; Jamieson Jameison`,
  ],
  'an initial': [1, 'M Mary; M. M; А Асан'],
  'two people': [
    0,
    `Albert Robert; Martin Marvin; Daniel Daniela; Mario Maria; Harry Larry; Wanjiku Wanjiru; Otieno Atieno; Wafula Nafula;
     Kiprono Jerono; Faith Grace; 小明 小红; Emily Amelia; M Grace; Ann Sue; Li Lu`,
  ],
}

describe.each(Object.entries(levels))('%s', (_, [level, pairs]) => {
  test.each(pairs.split(';').map((pair) => pair.trim().split(' ')))('%s and %s, from either side', (one, other) => {
    expect(wordAgreement(word(one ?? ''), word(other ?? ''))).toBe(level)
    expect(wordAgreement(word(other ?? ''), word(one ?? ''))).toBe(level)
  })
})

test.each([
  ['Bob', 'Robert'],
  ['Peggy', 'Margaret'],
  ['Саша', 'Aleksandr'],
  ['محمد', 'Mehmet'],
  ['小明', 'Xiaoming'],
  ['王', 'Wang'],
  ['राजेश', 'Rajesh'],
])('%s and %s share a blocking key', (one, other) => {
  expect(word(one).key).toBe(word(other).key)
})

test('no letter of a script that nobody here can read is lost', () => {
  for (const written of ['ဦးသန့်', 'ᠮᠣᠩᠭᠣᠯ', 'ᏣᎳᎩ', '𐐀𐐁𐐂']) {
    expect(word(written).text).not.toBe('')
    expect(word(written).key).not.toBe('')
  }
  expect(word('ဦးသန့်').text).not.toBe(word('ဦးသော်').text)
  expect(wordOf('123')).toBeNull()
})

test.each([
  ['张小明', 'zhangxiaoming'],
  ['欧阳修', 'ouyangxiu'],
  ['单伟', 'shanwei'],
  ['曾国强', 'zengguoqiang'],
  ['尉迟恭', 'yuchigong'],
  ['长孙无忌', 'zhangsunwuji'],
  ['翟晟', 'zhaisheng'],
  ['吕绿', 'lulu'],
  ['女略', 'nulue'],
  ['赵钱孙李', 'zhaoqiansunli'],
  ['安尊', 'anzun'],
])('%s is read %s', (characters, latin) => {
  expect(pinyinOf(characters)).toBe(latin)
})
