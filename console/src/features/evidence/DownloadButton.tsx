import { Button } from '@mantine/core';
import { Icon } from '#/ui/Icon';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import { useDownload } from './queries';

/** Saves the package as the one file that verifies offline. */
export function DownloadButton({ id }: { id: string }) {
  const file = useDownload(id);
  return (
    <>
      <Button
        leftSection={<Icon name="download" size={16} />}
        loading={file.isPending}
        onClick={() => file.mutate(undefined, { onSuccess: (name) => toast('Package downloaded', name) })}
      >
        Download package
      </Button>
      {file.isError && <ProblemNotice error={file.error} />}
    </>
  );
}
