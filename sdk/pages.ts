export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor?: string }

/** Every item of a list, page by page, asked for as they are needed. */
export async function* eachItem<Item>(
  read: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    yield* page.items
    cursor = page.nextCursor
  } while (cursor !== undefined)
}
