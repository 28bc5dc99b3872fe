import { expect, test } from 'vitest';
import { darkSurfaces, darkTones, lightSurfaces, lightTones } from '../src/theme';

const READABLE = 4.5;

test.each([
  ['light', lightSurfaces, lightTones],
  ['dark', darkSurfaces, darkTones],
])('text of the %s scheme has the contrast WCAG AA asks for', (_, surfaces, tones) => {
  const pairs: [string, string][] = [
    ...[surfaces.page, surfaces.panel, surfaces.inset].flatMap((ground): [string, string][] => [
      [surfaces.ink, ground],
      [surfaces.muted, ground],
      [surfaces.link, ground],
      [surfaces['code-key'], ground],
      [surfaces['code-string'], ground],
      [surfaces['code-literal'], ground],
    ]),
    [surfaces['rail-ink'], surfaces.rail],
    [surfaces['rail-muted'], surfaces.rail],
    [surfaces['rail-active-ink'], surfaces['rail-active']],
    ...Object.values(tones).map(({ ink, fill }): [string, string] => [ink, fill]),
  ];

  const unreadable = pairs.filter(([ink, ground]) => contrast(ink, ground) < READABLE);

  expect(unreadable).toEqual([]);
});

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
