import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRouter, type RouterHistory, RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { createQueryClient } from './api/queryClient';
import { routeTree } from './routeTree.gen';
import { theme } from './theme';

interface Props {
  /** Where the console is; the browser's own history when not given. */
  history?: RouterHistory;
  /** Tests see the end of a transition at once. */
  env?: 'default' | 'test';
}

/** The whole console, with its providers. */
export function Console({ history, env = 'default' }: Props) {
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(() => createConsoleRouter(history));
  return (
    // The variables and classes are in the stylesheet of the build: no style element is made at run time.
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
      env={env}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Notifications position="bottom-right" />
      </QueryClientProvider>
    </MantineProvider>
  );
}

function createConsoleRouter(history: RouterHistory | undefined) {
  return createRouter({
    routeTree,
    defaultPreload: 'intent',
    scrollRestoration: true,
    ...(history === undefined ? {} : { history }),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
