import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Role } from '#/api/types';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { oneOf } from '#/ui/search';
import { toast } from '#/ui/toast';
import { optionsOf, ROLES } from '#/words';
import classes from './invites.module.css';
import { useInvite } from './queries';

/** Sends a mail to somebody who is to become a member. */
export function InviteForm() {
  const invite = useInvite();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('requester');
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate(
          { email, role },
          {
            onSuccess: (made) => {
              toast('Invitation sent', made.email);
              setEmail('');
            },
          },
        );
      }}
    >
      <TextInput
        label="E-mail address"
        type="email"
        required
        value={email}
        onChange={(event) => {
          invite.reset();
          setEmail(event.currentTarget.value);
        }}
      />
      <Select
        label="Role"
        data={optionsOf(ROLES).filter(({ value }) => value !== 'owner')}
        value={role}
        onChange={(value) => setRole(oneOf(value, ROLES) ?? role)}
      />
      <div>
        <Button type="submit" loading={invite.isPending}>
          Send invitation
        </Button>
      </div>
      {invite.isError && <ProblemNotice error={invite.error} />}
    </form>
  );
}
