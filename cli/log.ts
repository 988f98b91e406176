/** The process's log: one JSON line an event on standard error, never anything about a person. */
import { destination, type Logger, pino } from 'pino'
import type { Config } from '../config.ts'
import type { Log } from '../hub.ts'

export const makeLogger = (config: Config, name: string): Logger =>
  pino({ name, level: config.logLevel }, destination(2))

/** The logger as the use cases know it. */
export const eventLog =
  (logger: Logger): Log =>
  (event, details) =>
    event.endsWith('_failed') ? logger.error(details, event) : logger.info(details, event)
