import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/*
 * Imports go routes -> features -> ui and api, never back; what a feature takes from another, it takes from
 * that feature's index.ts. Other folders are imported as '#/…', the own folder as './…'.
 */
const otherFolder = {
  regex: '^\\.\\./',
  message: 'Import another folder as #/…, so that the direction is visible.',
};
const insideOfFeature = {
  regex: '^#/features/[^/]+/.+',
  message: 'Take from a feature what its index.ts names.',
};
const MANTINE_WITH_STYLE_ELEMENTS = {
  name: '@mantine/core',
  importNames: ['AppShell', 'Grid', 'SimpleGrid', 'InlineStyles', 'ActionBar', 'ColorSchemeScript'],
  message:
    'It writes style or script elements at run time, which the content security policy forbids: use a CSS module.',
};

function mayNotImport(...patterns) {
  return {
    'no-restricted-imports': [
      'error',
      { paths: [MANTINE_WITH_STYLE_ELEMENTS], patterns: [otherFolder, insideOfFeature, ...patterns] },
    ],
  };
}

const layer = (names, why) => ({ regex: `^#/(${names})(/|$)`, message: why });

const ASSERTION = {
  selector: "TSAsExpression:not([typeAnnotation.typeName.name='const'])",
  message: 'No assertion outside api/: check the value instead.',
};
const INLINE_STYLE = {
  selector: "JSXAttribute[name.name='style']",
  message: 'No inline style: use a CSS module.',
};
const COLOUR = {
  selector: 'Literal[value=/^#([0-9a-f]{3}|[0-9a-f]{6})$/i]',
  message: 'Colours are in theme.ts.',
};
const DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only.',
};

const size = (max) => ({ 'max-lines': ['error', { max, skipBlankLines: true, skipComments: true }] });

export default defineConfig(
  globalIgnores(['target/', 'node_modules/', 'src/**/*.gen.ts', 'public/']),
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'react-hooks': reactHooks },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...reactHooks.configs['recommended-latest'].rules,
      ...size(300),
      complexity: ['error', 12],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ASSERTION, INLINE_STYLE, COLOUR, DEFAULT_EXPORT],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['src/theme.ts'],
    rules: { 'no-restricted-syntax': ['error', ASSERTION, INLINE_STYLE, DEFAULT_EXPORT] },
  },
  {
    files: ['src/api/**'],
    rules: {
      ...mayNotImport(layer('ui|features|routes|words', 'api knows nothing of the screen.')),
      'no-restricted-syntax': ['error', INLINE_STYLE, COLOUR, DEFAULT_EXPORT],
      // The type argument is the caller's word for what the server answers.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['src/ui/**'],
    rules: { ...mayNotImport(layer('features|routes', 'ui is free of the domain.')), ...size(180) },
  },
  {
    files: ['src/features/**'],
    rules: { ...mayNotImport(layer('routes', 'A feature does not know its page.')), ...size(150) },
  },
  {
    files: ['src/routes/**'],
    rules: {
      ...mayNotImport(),
      ...size(100),
      // redirect() and notFound() of the router are thrown by design.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'test/**'],
    rules: { ...size(400), 'no-restricted-imports': 'off' },
  },
);
