import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What only the ports may touch; everything else in the engine asks them. */
const IMPURE_MODULES = ['fs', 'fs/promises', 'child_process', 'net', 'tls', 'http', 'https', 'dgram', 'os', 'timers', 'timers/promises', 'worker_threads'];
const purity = {
  'no-restricted-imports': [
    'error',
    {
      paths: IMPURE_MODULES.flatMap((name) => [name, `node:${name}`]).map((name) => ({ name, message: 'The engine reaches the outside only through its ports (engine/ports.ts).' })),
      patterns: [{ group: ['electron', 'electron/*'], message: 'The engine runs under plain Node: no Electron.' }],
    },
  ],
  'no-restricted-globals': [
    'error',
    ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'fetch', 'process'].map((name) => ({ name, message: 'Use the Clock, Net or Host port (engine/ports.ts).' })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'Use the Clock port.' },
    { object: 'Math', property: 'random', message: 'Use the Random port.' },
    { object: 'performance', property: 'now', message: 'Use the Clock port.' },
  ],
  'no-restricted-syntax': ['error', { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Use the Clock port.' }],
};

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/'] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: ['./tsconfig.json', './renderer/tsconfig.json', './e2e/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 350 }],
      'no-console': 'error',
    },
  },
  { files: ['electron/engine/**/*.ts'], ignores: ['**/*.test.ts', 'electron/engine/testing/**', 'electron/engine/ports/**'], rules: purity },
  { files: ['shared/**/*.ts'], ignores: ['**/*.test.ts'], rules: purity },
  { files: ['renderer/**/*.{ts,tsx}'], plugins: { 'react-hooks': reactHooks }, rules: reactHooks.configs.recommended.rules },
  { files: ['**/*.test.ts', '**/*.spec.ts', 'e2e/**/*.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },
);
