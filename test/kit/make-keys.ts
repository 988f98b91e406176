/** A process of its own that loads the keys of a directory and tells their fingerprint. */
import { fingerprint, loadKeys } from '../../store/keys.ts'

process.send?.(fingerprint(loadKeys(process.argv[2] ?? '')).toString('hex'))
