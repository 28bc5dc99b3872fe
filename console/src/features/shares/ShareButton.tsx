import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMay } from '#/features/identity';
import { Icon } from '#/ui/Icon';
import type { Shareable } from './queries';
import { ShareDialog } from './ShareDialog';

/** Opens the dialog that makes a link to what is on the screen, for somebody without an account. */
export function ShareButton({ what }: { what: Shareable }) {
  const may = useMay();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may(what.kind === 'package' ? 'evidence:read' : 'audit:read')) return null;
  return (
    <>
      <Button variant="default" leftSection={<Icon name="share" size={16} />} onClick={open}>
        Share
      </Button>
      {opened && <ShareDialog what={what} onClose={close} />}
    </>
  );
}
