import { Button } from '@mantine/core';
import { Icon } from '#/ui/Icon';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import { type AuditFilter, useExport } from './queries';

/** Saves what the filters find as one file that verifies offline. */
export function ExportButton({ filter }: { filter: AuditFilter }) {
  const file = useExport();
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="download" size={16} />}
        loading={file.isPending}
        onClick={() =>
          file.mutate(filter, {
            onSuccess: (name) => toast('Events downloaded', `${name}. Verify it with: nuxari verify ${name}`),
          })
        }
      >
        Export with proofs
      </Button>
      {file.isError && <ProblemNotice error={file.error} />}
    </>
  );
}
