import type { Report } from './report.ts'

/** The report as JSON; null is a figure that is hidden, or not known. */
export const reportJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`
