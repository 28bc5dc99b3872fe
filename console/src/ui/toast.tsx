import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import classes from './toast.module.css';

interface Undo {
  label: string;
  act: () => void;
}

/** Long enough to read it, to think, and to get there with the keyboard. */
const WITH_UNDO = 20_000;

/**
 * Says that something succeeded, and offers to take it back where that is safe. Failures are not said in passing: they
 * stay on the page as a problem. Answers with what hides it again.
 */
export function toast(title: string, message: string, undo?: Undo): () => void {
  const look = { title, color: 'petrol', withBorder: true, closeButtonProps: { 'aria-label': 'Close' } };
  if (undo === undefined) {
    const id = notifications.show({ ...look, message });
    return () => notifications.hide(id);
  }
  const hide = () => notifications.hide(id);
  const id = notifications.show({
    ...look,
    autoClose: WITH_UNDO,
    message: (
      <span className={classes.undoable}>
        {message}
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            hide();
            undo.act();
          }}
        >
          {undo.label}
        </Button>
      </span>
    ),
  });
  return hide;
}
