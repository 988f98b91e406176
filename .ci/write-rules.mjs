// Writes docs/rules.md from the rules: npm run gen:rules.
import { writeFileSync } from 'node:fs'
import { law } from '../reconciliation/law/countries.ts'
import { rules } from '../reconciliation/rules.ts'
import { rulesPage } from '../reconciliation/rules-page.ts'
import { unbuilt } from '../reconciliation/unbuilt.ts'

writeFileSync(new URL('../docs/rules.md', import.meta.url), rulesPage(rules, law, unbuilt))
