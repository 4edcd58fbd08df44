import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** SWC instead of tsc: Jest needs each file alone, with the decorator metadata that Nest's injection reads. */
const swc = {
  swcrc: false,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true, tsx: false },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: false,
      react: { runtime: 'automatic' },
    },
    keepClassNames: true,
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};
const swcTsx = { ...swc, jsc: { ...swc.jsc, parser: { ...swc.jsc.parser, tsx: true } } };

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.ts$': [require.resolve('@swc/jest'), swc],
    '^.+\\.tsx$': [require.resolve('@swc/jest'), swcTsx],
  },
  // Workspace libraries resolve to their sources: no build before a test.
  testEnvironmentOptions: { customExportConditions: ['@groundswell/source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testMatch: ['<rootDir>/src/**/*.spec.{ts,tsx}', '<rootDir>/test/**/*.spec.{ts,tsx}'],
  setupFiles: [require.resolve('reflect-metadata')],
};
