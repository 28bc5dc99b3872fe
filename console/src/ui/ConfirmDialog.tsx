import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './ConfirmDialog.module.css';
import { ProblemNotice } from './ProblemNotice';

interface Props {
  opened: boolean;
  title: string;
  confirm: string;
  /** What the button that leaves everything as it is says. */
  keep?: string;
  dangerous?: boolean;
  disabled?: boolean;
  pending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  size?: string;
  children: ReactNode;
}

/** Asks once more, says what will happen, and stays open with the problem when it did not. */
export function ConfirmDialog({
  keep = 'Go back',
  dangerous = false,
  disabled = false,
  size = 'md',
  ...props
}: Props) {
  const { opened, title, confirm, pending, error, onConfirm, onClose, children } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size}>
      <div className={classes.body}>
        {children}
        {error !== null && <ProblemNotice error={error} />}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            {keep}
          </Button>
          <Button
            {...(dangerous ? { color: 'red.9' } : {})}
            loading={pending}
            disabled={disabled}
            onClick={onConfirm}
          >
            {confirm}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
