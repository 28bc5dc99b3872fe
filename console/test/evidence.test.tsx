import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { createWorld, problem } from '../dev/world.mjs';
import { openConsole } from './console';

test('a package is had in the formats of others, and the menu says what each is for', async () => {
  vi.stubGlobal(
    'URL',
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }),
  );
  const world = createWorld({ role: 'auditor' });
  const opened = openConsole(`/evidence/${world.data.packages[0]?.id ?? ''}`, { role: 'auditor', world });

  await opened.user.click(await screen.findByRole('button', { name: 'Other formats' }));
  expect(await screen.findAllByRole('menuitem')).toHaveLength(5);
  await opened.user.click(screen.getByRole('menuitem', { name: /PDF report.*Proves nothing without/ }));

  expect(await screen.findByText('PDF report downloaded')).toBeVisible();
  expect(opened.calls.at(-1)?.path).toMatch(/\/export\?format=pdf$/);
});

test('an export that fails says so', async () => {
  const world = createWorld({ role: 'auditor' });
  const opened = openConsole(`/evidence/${world.data.packages[0]?.id ?? ''}`, {
    role: 'auditor',
    world,
    instead: ({ path }) =>
      path.includes('/export')
        ? problem(404, 'no-such-evidence-package', 'There is no such package')
        : undefined,
  });

  await opened.user.click(await screen.findByRole('button', { name: 'Download package' }));

  expect(await screen.findByRole('alert')).toBeVisible();
});
