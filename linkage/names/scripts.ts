/** Letters of further scripts to Latin ones; a word that nobody here can read stays as it is. */
export const romaniseOther = (word: string): string => word
