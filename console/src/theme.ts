import {
  createTheme,
  Drawer,
  Modal,
  Select,
  Tooltip,
  type ConvertCSSVariablesInput,
  type MantineColorsTuple,
} from '@mantine/core';

/* Colours, sizes and fonts of the console: here, and nowhere else. */

const petrol: MantineColorsTuple = [
  '#e8f5f5',
  '#d0e8e9',
  '#a3d2d4',
  '#74bbbf',
  '#4ba6ab',
  '#2d9499',
  '#1b8389',
  '#0e7278',
  '#0b5c61',
  '#06474b',
];

const gray: MantineColorsTuple = [
  '#f6f8f7',
  '#eef1f0',
  '#e2e7e5',
  '#d2d9d6',
  '#b6c0bc',
  '#8d9995',
  '#66736f',
  '#4c5855',
  '#333e3b',
  '#18211f',
];

const dark: MantineColorsTuple = [
  '#e2e9e7',
  '#c3ceca',
  '#9fada9',
  '#7f8f8a',
  '#3a4845',
  '#2d3937',
  '#222c2a',
  '#182120',
  '#101716',
  '#0a100f',
];

const CLOSE = { 'aria-label': 'Close' };

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 7 },
  colors: { petrol, gray, dark },
  fontFamily: "'IBM Plex Sans Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'IBM Plex Mono', ui-monospace, monospace",
  fontSizes: { xs: '0.78125rem', sm: '0.84375rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontFamily: "'IBM Plex Sans Variable', system-ui, sans-serif",
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'sm',
  radius: { xs: '0.1875rem', sm: '0.3125rem', md: '0.5rem', lg: '0.75rem', xl: '1rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Locking the scroll position would inject a style element, which the content security policy forbids;
    // ui/overlays.css does it instead.
    Drawer: Drawer.extend({
      defaultProps: { lockScroll: false, position: 'right', size: 'lg', closeButtonProps: CLOSE },
    }),
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true, closeButtonProps: CLOSE } }),
    Select: Select.extend({ defaultProps: { checkIconPosition: 'right', allowDeselect: false } }),
    Tooltip: Tooltip.extend({
      defaultProps: { events: { hover: true, focus: true, touch: true }, openDelay: 200 },
    }),
  },
});

/** What a state, a risk or an outcome looks like. Words choose a tone (words.ts); the tone's colours are here. */
export type Tone = 'quiet' | 'info' | 'active' | 'good' | 'warning' | 'bad' | 'severe';

interface ToneColours {
  ink: string;
  fill: string;
  line: string;
}

export const lightTones: Record<Tone, ToneColours> = {
  quiet: { ink: '#4c5855', fill: '#eef1f0', line: '#d2d9d6' },
  info: { ink: '#1d4f8c', fill: '#e8f0fa', line: '#c3d6ee' },
  active: { ink: '#0b5c61', fill: '#e0f1f1', line: '#a9d4d5' },
  good: { ink: '#1c6136', fill: '#e5f4ea', line: '#b5dcc2' },
  warning: { ink: '#7a4a00', fill: '#fdf2db', line: '#eed29b' },
  bad: { ink: '#a3261f', fill: '#fdebe9', line: '#f2c1bc' },
  severe: { ink: '#ffffff', fill: '#a3261f', line: '#a3261f' },
};

export const darkTones: Record<Tone, ToneColours> = {
  quiet: { ink: '#c3ceca', fill: '#242f2d', line: '#3a4845' },
  info: { ink: '#a5c8f2', fill: '#16283d', line: '#2c4a6e' },
  active: { ink: '#83d0d3', fill: '#0d3032', line: '#1c5357' },
  good: { ink: '#8fd6a7', fill: '#122e1d', line: '#245737' },
  warning: { ink: '#f0c877', fill: '#33260c', line: '#5f481a' },
  bad: { ink: '#f7a79f', fill: '#3a1714', line: '#6d2e29' },
  severe: { ink: '#ffffff', fill: '#b3362d', line: '#cf5248' },
};

export const lightSurfaces = {
  page: '#f3f5f4',
  panel: '#ffffff',
  inset: '#f6f8f7',
  line: '#dde3e1',
  'line-strong': '#c3ccc9',
  ink: '#18211f',
  muted: '#55625e',
  link: '#0b5c61',
  rail: '#0d2b2d',
  'rail-ink': '#c5d9d8',
  'rail-muted': '#8fadac',
  'rail-active': '#174548',
  'rail-active-ink': '#ffffff',
  'rail-mark': '#5fd0c8',
  'rail-line': '#1d4144',
  focus: '#0e7278',
  'code-key': '#0b5c61',
  'code-string': '#7a4a00',
  'code-literal': '#1d4f8c',
};

export const darkSurfaces: typeof lightSurfaces = {
  page: '#101716',
  panel: '#182120',
  inset: '#131b1a',
  line: '#2a3634',
  'line-strong': '#3a4845',
  ink: '#e2e9e7',
  muted: '#9fada9',
  link: '#74c9cd',
  rail: '#0b1111',
  'rail-ink': '#b9c9c6',
  'rail-muted': '#86979a',
  'rail-active': '#17302f',
  'rail-active-ink': '#ffffff',
  'rail-mark': '#5fd0c8',
  'rail-line': '#1e2a29',
  focus: '#74c9cd',
  'code-key': '#83d0d3',
  'code-string': '#f0c877',
  'code-literal': '#a5c8f2',
};

/** The console's own variables, and where Mantine's defaults are not readable enough. */
export function cssVariables(): ConvertCSSVariablesInput {
  return {
    variables: {
      '--nx-rail-width': '15rem',
      '--nx-bar-height': '3.25rem',
      '--nx-content-width': '78rem',
    },
    light: {
      ...named(lightSurfaces),
      ...tones(lightTones),
      '--mantine-color-body': lightSurfaces.panel,
      '--mantine-color-text': lightSurfaces.ink,
      '--mantine-color-dimmed': lightSurfaces.muted,
      '--mantine-color-placeholder': '#66736f',
      '--mantine-color-anchor': lightSurfaces.link,
      '--mantine-color-error': lightTones.bad.ink,
    },
    dark: {
      ...named(darkSurfaces),
      ...tones(darkTones),
      '--mantine-color-body': darkSurfaces.panel,
      '--mantine-color-text': darkSurfaces.ink,
      '--mantine-color-dimmed': darkSurfaces.muted,
      '--mantine-color-placeholder': '#8b9a96',
      '--mantine-color-anchor': darkSurfaces.link,
      '--mantine-color-error': darkTones.bad.ink,
    },
  };
}

function named(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`--nx-${name}`, value]));
}

function tones(values: Record<Tone, ToneColours>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([tone, { ink, fill, line }]) => [
      [`--nx-${tone}-ink`, ink],
      [`--nx-${tone}-fill`, fill],
      [`--nx-${tone}-line`, line],
    ]),
  );
}
