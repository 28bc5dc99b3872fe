import { Button, TextInput } from '@mantine/core';
import { type Ref, useState } from 'react';
import classes from './AllowlistForm.module.css';
import { readDomain } from './emailDomain';

interface Props {
  domains: string[];
  onAdd: (domain: string) => void;
  inputRef: Ref<HTMLInputElement>;
}

/** Where a domain is written. What is wrong is said while it is typed, what is only unfinished when it is added. */
export function DomainField({ domains, onAdd, inputRef }: Props) {
  const [text, setText] = useState('');
  const [insisted, setInsisted] = useState(false);
  const reading = readDomain(text);
  const listed = reading.state === 'domain' && domains.includes(reading.name);
  const add = () => {
    setInsisted(true);
    if (reading.state !== 'domain' || listed) return;
    onAdd(reading.name);
    setText('');
    setInsisted(false);
  };
  const why = () => {
    switch (reading.state) {
      case 'domain':
        return listed ? `${reading.name} is in the list already.` : null;
      case 'wrong':
        return reading.why;
      case 'unfinished':
        return insisted ? reading.why : null;
      case 'empty':
        return insisted ? 'Write the domain first.' : null;
      default:
        return reading satisfies never;
    }
  };
  return (
    <form
      className={classes.add}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextInput
        ref={inputRef}
        className={classes.field ?? ''}
        label="Add a domain"
        placeholder="acme.example"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
        value={text}
        error={why()}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        description={keptAs(text, reading.state === 'domain' ? reading.name : null)}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          setInsisted(false);
        }}
      />
      <Button type="submit" variant="default" className={classes.addButton ?? ''}>
        Add domain
      </Button>
    </form>
  );
}

/** Said where the list will not show what was typed. */
function keptAs(text: string, name: string | null): string {
  return name === null || name === text.trim().toLowerCase()
    ? 'Only what stands after the @. Sub-domains are not included.'
    : `It is kept as ${name}.`;
}
