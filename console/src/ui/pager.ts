import { useState } from 'react';

/** Forward and back through a list that the server pages by cursor. */
export interface Pager {
  /** Absent on the first page. */
  cursor: string | undefined;
  number: number;
  previous: () => void;
  next: (cursor: string) => void;
}

/** A pager that begins anew when what is listed changes: `of` names it. */
export function usePager(of: string): Pager {
  const [pages, setPages] = useState<{ of: string; cursors: string[] }>({ of, cursors: [] });
  const cursors = pages.of === of ? pages.cursors : [];
  return {
    cursor: cursors.at(-1),
    number: cursors.length + 1,
    previous: () => setPages({ of, cursors: cursors.slice(0, -1) }),
    next: (cursor) => setPages({ of, cursors: [...cursors, cursor] }),
  };
}
