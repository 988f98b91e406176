// The dependency rule, checked: api and jobs ask core; core asks store and adapters; linkage only thinks.
// One allow-list a folder, one home a vendor package, adapters are islands, no cycles.
const everyone = '^(errors\\.ts|schemas/)'
const mayImport = {
  schemas: [],
  linkage: [],
  // Rules about names, birth dates and numbers judge as the engine does; its pure comparisons, and nothing else of it.
  reconciliation: ['linkage/names/', 'linkage/(features|compare|levels|near|record)\\.ts'],
  'adapters/transports': ['adapters/contract\\.ts'],
  store: [],
  core: ['linkage/', 'reconciliation/', 'store/', 'adapters/contract\\.ts'],
  api: ['core/'],
  jobs: ['core/'],
  demo: ['adapters/'],
  sdk: [],
}
const homes = {
  express: '^(api|demo)/',
  pg: '^store/',
  'pg-copy-streams': '^(store|bench)/',
  bullmq: '^jobs/',
  ioredis: '^jobs/',
  jose: '^(api|sdk)/',
  'oidc-provider': '^api/',
  ajv: '^schemas/',
  'ajv-formats': '^schemas/',
}
const folders = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: {
    path: '^(?!node_modules)',
    dependencyTypesNot: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
    pathNot: [`^${folder}/`, everyone, ...allowed.map((path) => `^${path}`)],
  },
}))
const vendors = Object.entries(homes).map(([vendor, home]) => ({
  name: `${vendor}-stays-home`,
  severity: 'error',
  from: { pathNot: [home, '^(test|bench)/'] },
  to: { path: `node_modules/(@types/)?${vendor}/` },
}))
module.exports = {
  forbidden: [
    ...folders,
    ...vendors,
    {
      name: 'adapters-are-islands',
      severity: 'error',
      from: { path: '^adapters/([a-z]{2}-[^/]+|canonical)/' },
      to: {
        path: '^(?!node_modules)',
        dependencyTypesNot: ['core', 'npm'],
        pathNot: ['^adapters/$1/', '^adapters/contract\\.ts', '^adapters/transports/', everyone],
      },
    },
    {
      name: 'thinkers-touch-nothing',
      severity: 'error',
      from: { path: '^(linkage|reconciliation)/', pathNot: '^linkage/table/kernel/(crew|start|thread)\\.ts' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test|sdk/(dist|examples))/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
