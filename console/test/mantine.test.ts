import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SOURCES = join(import.meta.dirname, '../src');
const STYLES = join(import.meta.dirname, '../node_modules/@mantine/core/styles');

test('every Mantine component that is imported has its styles in the build', () => {
  const stylesheet = readFileSync(join(SOURCES, 'ui/mantine.css'), 'utf8');

  const unstyled = imported().filter(
    (name) => existsSync(join(STYLES, `${name}.css`)) && !stylesheet.includes(`/styles/${name}.css`),
  );

  expect(unstyled).toEqual([]);
});

function imported(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  return files.flatMap((file) => {
    const names =
      /import \{([^}]+)\} from '@mantine\/core'/.exec(readFileSync(join(SOURCES, file), 'utf8'))?.[1] ?? '';
    return names.split(',').map((name) => name.trim());
  });
}
