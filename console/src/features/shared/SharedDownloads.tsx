import { Button } from '@mantine/core';
import type { ExportFormat } from '#/api/types';
import { Icon } from '#/ui/Icon';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import { useSharedDownload } from './queries';

const FORMATS: [format: ExportFormat, label: string][] = [
  ['json', 'Download package'],
  ['pdf', 'PDF'],
  ['sigstore', 'Sigstore bundle'],
  ['oscal', 'OSCAL'],
];

/** The package, and what is made from it for others. */
export function SharedDownloads() {
  const file = useSharedDownload();
  return (
    <>
      {FORMATS.map(([format, label]) => (
        <Button
          key={format}
          variant={format === 'json' ? 'filled' : 'default'}
          leftSection={<Icon name="download" size={16} />}
          loading={file.isPending && file.variables === format}
          onClick={() => file.mutate(format, { onSuccess: (name) => toast('Downloaded', name) })}
        >
          {label}
        </Button>
      ))}
      {file.isError && <ProblemNotice error={file.error} />}
    </>
  );
}
