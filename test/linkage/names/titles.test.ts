import { expect, test } from 'vitest'
import { withoutTitles } from '../../../linkage/names/titles.ts'

test.each([
  ['Mr John Smith', 'John Smith'],
  ['Mrs. Amina Yusuf', 'Amina Yusuf'],
  ['Prof. Dr. Erika Mann', 'Erika Mann'],
  ['Smt Lakshmi Devi', 'Lakshmi Devi'],
  ['Sig.ra Maria Rossi', 'Maria Rossi'],
  ['Dott. Luca Bianchi', 'Luca Bianchi'],
  ['Ny. Siti Aminah', 'Siti Aminah'],
  ['นางสาวดารุนี', 'ดารุนี'],
  ['นายภูวัน', 'ภูวัน'],
  ['ด.ญ.ศศิรินทร์', 'ศศิรินทร์'],
])('a title is no part of the name: %s', (written, name) => {
  expect(withoutTitles(written)).toBe(name)
})

test.each(['Mrisho Ali', 'Ny Aina Rakoto', 'Hon Le', 'Drake Miss', 'İsra Yılmaz', 'Ésra Ali', 'Dr', 'นาย', 'Miss'])(
  '%s is a name as it stands',
  (name) => {
    expect(withoutTitles(name)).toBe(name)
  },
)
