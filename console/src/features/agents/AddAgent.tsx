import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import classes from './agents.module.css';
import { useAddAgent } from './queries';

/** Names an agent. Its token is issued on its own page. */
export function AddAgent({ onAdded }: { onAdded: (id: string) => void }) {
  const add = useAddAgent();
  const [name, setName] = useState('');
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(name.trim(), {
          onSuccess: (agent) => {
            setName('');
            toast(`${agent.name} added`, 'Issue a token, and enrol its host with it.');
            onAdded(agent.id);
          },
        });
      }}
    >
      <TextInput
        label="Name"
        description="As people speak of the host. It stands in plans and in the audit log."
        maxLength={200}
        value={name}
        onChange={({ currentTarget }) => {
          add.reset();
          setName(currentTarget.value);
        }}
      />
      {add.isError && <ProblemNotice error={add.error} />}
      <div className={classes.actions}>
        <Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>
          Add agent
        </Button>
      </div>
    </form>
  );
}
