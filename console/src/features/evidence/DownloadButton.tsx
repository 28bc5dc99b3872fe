import { Button, Group, Menu, Text } from '@mantine/core';
import { Icon } from '#/ui/Icon';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import { type ExportFormat, useDownload } from './queries';

const OTHERS: { format: ExportFormat; label: string; what: string }[] = [
  { format: 'pdf', label: 'PDF report', what: 'To read. Proves nothing without the package.' },
  { format: 'oscal', label: 'OSCAL assessment results', what: 'For compliance tools.' },
  { format: 'sigstore', label: 'Sigstore bundle', what: 'For stock verifiers, with the two below.' },
  { format: 'sigstore-trusted-root', label: 'Sigstore trusted root', what: 'The log and its key.' },
  { format: 'sigstore-public-key', label: 'Sigstore public key', what: 'The key that signed the bundle.' },
];

/** Saves the package as the one file that verifies offline; or what is made from it, for people and for other tools. */
export function DownloadButton({ id }: { id: string }) {
  const file = useDownload(id);
  const download = (format: ExportFormat, what: string) =>
    file.mutate(format, { onSuccess: (name) => toast(`${what} downloaded`, name) });
  return (
    <>
      <Group gap="xs">
        <Button
          leftSection={<Icon name="download" size={16} />}
          loading={file.isPending}
          onClick={() => download('json', 'Package')}
        >
          Download package
        </Button>
        <Menu position="bottom-end" width={320}>
          <Menu.Target>
            <Button variant="default" disabled={file.isPending}>
              Other formats
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {OTHERS.map(({ format, label, what }) => (
              <Menu.Item key={format} onClick={() => download(format, label)}>
                {label}
                <Text size="xs" c="dimmed">
                  {what}
                </Text>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
      {file.isError && <ProblemNotice error={file.error} />}
    </>
  );
}
