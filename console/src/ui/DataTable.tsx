import { Button, Skeleton } from '@mantine/core';
import { tableFeatures, useTable, type ColumnDef, type RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { Page } from '#/api/types';
import classes from './DataTable.module.css';
import { Icon } from './Icon';
import type { Pager } from './pager';
import { ProblemNotice } from './ProblemNotice';

const features = tableFeatures({});

export type Column<T extends RowData> = ColumnDef<typeof features, T>;

interface Answer<T> {
  data: Page<T> | undefined;
  error: Error | null;
  isPlaceholderData: boolean;
  refetch: () => unknown;
}

interface Props<T extends RowData> {
  /** What the rows are, as the table's accessible name. */
  label: string;
  columns: Column<T>[];
  answer: Answer<T>;
  rowId: (row: T) => string;
  empty: ReactNode;
  pager?: Pager;
}

const WAITING_ROWS = [1, 2, 3, 4, 5, 6];

/** Every list of the console: paged by the server, with its loading, empty and failed states. */
export function DataTable<T extends RowData>({ label, columns, answer, rowId, empty, pager }: Props<T>) {
  const table = useTable({ features, columns, data: answer.data?.items ?? [], getRowId: rowId });
  if (answer.data === undefined && answer.error !== null) {
    return (
      <div className={classes.problem}>
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      </div>
    );
  }
  if (isEmpty(answer.data, pager)) return <>{empty}</>;
  return (
    <>
      <div className={classes.frame} data-stale={answer.isPlaceholderData || undefined}>
        <table className={classes.table} aria-label={label} aria-busy={answer.data === undefined}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => (
                  <th key={header.id} scope="col">
                    <table.FlexRender header={header} />
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {answer.data === undefined ? (
              <WaitingRows columns={columns.length} />
            ) : (
              table.getRowModel().rows.map((row) => (
                <tr key={row.id}>
                  {row.getAllCells().map((cell) => (
                    <td key={cell.id} data-label={labelOf(cell.column.columnDef.header)}>
                      <table.FlexRender cell={cell} />
                    </td>
                  ))}
                </tr>
              ))
            )}
          </tbody>
        </table>
      </div>
      {pager !== undefined && <Pages pager={pager} next={answer.data?.nextCursor} />}
    </>
  );
}

/** A later page without rows is no empty list: there is a way back from it. */
function isEmpty(page: Page<unknown> | undefined, pager: Pager | undefined): boolean {
  return page?.items.length === 0 && (pager === undefined || pager.number === 1);
}

function WaitingRows({ columns }: { columns: number }) {
  return WAITING_ROWS.map((row) => (
    <tr key={row}>
      {Array.from({ length: columns }, (_, column) => (
        <td key={column}>
          <Skeleton height={12} my={4} />
        </td>
      ))}
    </tr>
  ));
}

function Pages({ pager, next }: { pager: Pager; next: string | undefined }) {
  if (pager.number === 1 && next === undefined) return null;
  return (
    <nav className={classes.pages} aria-label="Pages of the list">
      <Button
        size="xs"
        variant="default"
        disabled={pager.number === 1}
        leftSection={<Icon name="previous" size={14} />}
        onClick={pager.previous}
      >
        Previous page
      </Button>
      <span>Page {pager.number}</span>
      <Button
        size="xs"
        variant="default"
        disabled={next === undefined}
        rightSection={<Icon name="next" size={14} />}
        onClick={() => next !== undefined && pager.next(next)}
      >
        Next page
      </Button>
    </nav>
  );
}

function labelOf(header: unknown): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
