import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = findRoot(dirname(fileURLToPath(import.meta.url)))

/** The absolute path of a file of this package, named from its root. The same from the sources and from the compiled `dist/`. */
export function packageFile(path: string): string {
  return join(root, path)
}

// The contract lies at the root and nowhere else, so the folder that holds it is the root.
function findRoot(from: string): string {
  if (existsSync(join(from, 'openapi.yaml'))) return from
  const above = dirname(from)
  if (above === from) throw new Error('openapi.yaml was not found above this file; the package is not whole')
  return findRoot(above)
}
