import { Button, Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { MadeLink } from './MadeLink';
import { type Shareable, useMakeShare } from './queries';
import classes from './ShareDialog.module.css';

interface Props {
  what: Shareable;
  onClose: () => void;
}

const DAYS = [
  { value: '1', label: '1 day' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
];

/** Asks for whom and how long, and then shows the link: once. */
export function ShareDialog({ what, onClose }: Props) {
  const made = useMakeShare(what);
  const form = useForm({
    initialValues: { recipient: '', validDays: '7', mostUses: '' },
    validate: { recipient: (text) => (text.trim() === '' ? 'Say for whom the link is.' : null) },
  });
  const send = form.onSubmit(({ recipient, validDays, mostUses }) =>
    made.mutate({
      recipient: recipient.trim(),
      validDays: Number(validDays),
      ...(mostUses === '' ? {} : { mostUses: Number(mostUses) }),
    }),
  );
  return (
    <Modal
      opened
      // The link is gone with the dialog: a click beside it is no way to lose it.
      closeOnClickOutside={!made.isSuccess}
      onClose={onClose}
      title={made.isSuccess ? 'The link' : 'Share with somebody outside'}
      size="lg"
    >
      {made.isSuccess ? (
        <MadeLink created={made.data} onClose={onClose} />
      ) : (
        <form className={classes.form} onSubmit={send} noValidate>
          <p className={classes.lead}>{TEXT[what.kind]}</p>
          <TextInput
            label="For whom"
            description="Stands in the list of links and in the audit log."
            placeholder="Ernst Example, external auditor"
            required
            maxLength={200}
            data-autofocus
            {...form.getInputProps('recipient')}
          />
          <Select
            label="Valid for"
            description="After that it opens nothing."
            data={DAYS}
            allowDeselect={false}
            {...form.getInputProps('validDays')}
          />
          <NumberInput
            label="Number of uses"
            description="Half an hour of reading is one use. Empty: as often as they like."
            min={1}
            max={1000}
            allowDecimal={false}
            {...form.getInputProps('mostUses')}
          />
          {made.isError && <ProblemNotice error={made.error} />}
          <div className={classes.actions}>
            <Button variant="default" onClick={onClose}>
              Go back
            </Button>
            <Button type="submit" loading={made.isPending}>
              Make link
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}

const TEXT: Record<Shareable['kind'], string> = {
  package: 'Whoever has the link sees this evidence package, and can download it. They see nothing else.',
  events:
    'Whoever has the link sees the events that these filters find, also those that come later, and can download them with proofs. They see nothing else.',
};
