import {
  convertCssVariables,
  defaultCssVariablesResolver,
  deepMerge,
  DEFAULT_THEME,
  mergeMantineTheme,
} from '@mantine/core';
import type { Plugin } from 'vite';
import { cssVariables, theme } from '../src/theme.ts';

const NAME = 'virtual:theme.css';
const RESOLVED = '\0virtual:theme.css';

/**
 * The theme's CSS variables as a file of the build. Mantine would write them into a style element at run
 * time, and the content security policy forbids those.
 */
export function themeStylesheet(): Plugin {
  return {
    name: 'nuxari-theme-stylesheet',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load: (id) => (id === RESOLVED ? stylesheet() : undefined),
  };
}

function stylesheet(): string {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const variables = deepMerge(defaultCssVariablesResolver(merged), cssVariables());
  return convertCssVariables(variables, ':root');
}
