import { describe, expect, test } from 'vitest'
import { isPlaceholder, withoutPlaceholders } from '../../../linkage/names/nameless.ts'

describe('a child that is called by its mother has no name yet', () => {
  test.each([
    'B/O Mary',
    'b/o: Mary Njeri 2',
    'S/O Amina',
    'Baby of Shravya 2',
    'Baby Girl of Rosa',
    'Daughter of Asha',
    'Hijo de Rosa',
    'RN de Maria',
    'Recién nacido de Ana',
    'Filha da Joana',
    'Bébé de Awa',
    'Bayi Ny. Siti',
    'Mtoto wa Amina',
  ])('%s', (written) => {
    expect(withoutPlaceholders(written)).toBe('')
  })
})

describe('sex and place in a birth are no name, and what stands beside them is', () => {
  test.each([
    ['BABY 2', ''],
    ['Twin A', ''],
    ['NEWBORN', ''],
    ['Baby Boy 1', ''],
    ['BABY BOY SMITH', 'SMITH'],
    ['SMITH, BABY GIRL A', 'SMITH,'],
    ['FNU Khan', 'Khan'],
    ['王小明 (newborn)', '王小明 ( )'],
    ['Айгүл, newborn', 'Айгүл,'],
  ])('%s', (written, left) => {
    expect(withoutPlaceholders(written).trim()).toBe(left)
  })

  test.each(['baby', 'infant', 'fnu'])('%s alone', (word) => {
    expect(isPlaceholder(word)).toBe(true)
  })
})

describe('names that look like it stay as they are', () => {
  test.each([
    'Baby Thomas',
    'Babu Ram',
    'José de Sousa Filho',
    'Ronny Infante',
    'Sonia',
    'John Boy',
    'Na Name',
    'Manu',
    'Byron Nyong’o',
    'Hija',
    'Mtoto',
  ])('%s', (written) => {
    expect(withoutPlaceholders(written)).toBe(written)
  })
})
