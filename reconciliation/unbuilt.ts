/** Rules that were asked for and cannot be built yet. */
import type { Unbuilt } from './rules-page.ts'

export const unbuilt: readonly Unbuilt[] = []
