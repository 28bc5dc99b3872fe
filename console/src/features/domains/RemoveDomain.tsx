import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { OrganizationDomain } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { toast } from '#/ui/toast';
import { useRemoveDomain } from './queries';

interface Props {
  domain: OrganizationDomain;
  onRemoved: () => void;
}

export function RemoveDomain({ domain: { id, domain, state }, onRemoved }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const remove = useRemoveDomain();
  return (
    <div>
      <Button variant="default" onClick={open}>
        Remove domain…
      </Button>
      <ConfirmDialog
        opened={opened}
        title={`Remove ${domain}?`}
        confirm="Remove domain"
        dangerous
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(id, {
            onSuccess: () => {
              close();
              toast(`${domain} removed`, 'You can take its record out of the zone.');
              onRemoved();
            },
          })
        }
        onClose={close}
      >
        {state === 'verified' && (
          <p>It is no longer verified for your organization, and can be verified for another one.</p>
        )}
        <p>If you add it again, it needs another record: this one does not count any more.</p>
      </ConfirmDialog>
    </div>
  );
}
