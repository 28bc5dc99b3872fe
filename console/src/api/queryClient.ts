import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { asProblem } from './problem';

export const SESSION_KEY = ['session'];

/** Server state of the console. When the session has ended, whoever notices first brings back the sign-in page. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: endSession }),
    mutationCache: new MutationCache({ onError: endSession }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: onlyWhenItMayHelp, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });

  function endSession(error: unknown): void {
    if (asProblem(error).status === 401) client.setQueryData(SESSION_KEY, null);
  }

  return client;
}

function onlyWhenItMayHelp(failures: number, error: unknown): boolean {
  const { status } = asProblem(error);
  return failures < 1 && (status === 0 || status >= 500);
}
