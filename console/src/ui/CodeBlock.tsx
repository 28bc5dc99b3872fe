import { useId } from 'react';
import classes from './CodeBlock.module.css';
import { CopyButton } from './CopyButton';

interface Props {
  title: string;
  text: string;
  /** For the copy button's accessible name. */
  what: string;
}

/** A text that counts to the last character: wrapped, never cut off, with a copy button. */
export function CodeBlock({ title, text, what }: Props) {
  const id = useId();
  return (
    <figure className={classes.figure} aria-labelledby={id}>
      <figcaption className={classes.caption}>
        <span id={id}>{title}</span>
        <CopyButton text={text} what={what} />
      </figcaption>
      <pre className={classes.text}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}
