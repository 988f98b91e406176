// pg names its errors 'error'; the store has cut away what quotes data.
/** What of an unexpected error may stand in a log: its name and where it was thrown, and its message where that cannot quote data. */
const quotesNothing = new Set([
  'error',
  'HubError',
  'PullError',
  'TypeError',
  'RangeError',
  'ReferenceError',
  'AbortError',
  'TimeoutError',
])

export function describeFault(reason: unknown): string {
  if (!(reason instanceof Error)) return 'not an Error'
  const frames =
    reason.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 4) ?? []
  const message = quotesNothing.has(reason.name) ? `: ${reason.message}` : ''
  return `${reason.name}${message}${frames.map((frame) => ` ${frame.trim()}`).join('')}`.slice(0, 600)
}
