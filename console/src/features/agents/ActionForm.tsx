import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ACTIONS } from '#/agentWords';
import type { AgentDetail } from '#/api/types';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import { wordOf } from '#/words';
import classes from './agents.module.css';
import { ParameterField } from './ParameterField';
import { parametersOf, type Typed } from './parameters';
import { useOrderAction } from './queries';

interface Props {
  detail: AgentDetail;
  onAsked: (workflowId: string) => void;
}

const LONGEST = 2_000;

/** Asks for an action of this agent. Others decide on exactly what is said here. */
export function ActionForm({ detail: { agent, actionTypes }, onAsked }: Props) {
  const order = useOrderAction(agent.id);
  const [type, setType] = useState<string | null>(null);
  const [typed, setTyped] = useState<Typed>({});
  const [justification, setJustification] = useState('');
  const action = actionTypes.find((one) => one.type === type);
  const parameters = action === undefined ? null : parametersOf(action, typed);
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (action === undefined || parameters === null) return;
        order.mutate(
          { type: action.type, parameters, justification: justification.trim() },
          {
            onSuccess: ({ workflowId }) => {
              toast('Asked for', 'Approvers decide on exactly this plan.');
              onAsked(workflowId);
            },
          },
        );
      }}
    >
      <Select
        label="Action"
        description="Those that the agent knows and its host’s policy allows, with its limits."
        data={actionTypes
          .filter(({ known }) => known)
          .map((one) => ({ value: one.type, label: `${wordOf(ACTIONS, one.type).label} (${one.type})` }))}
        value={type}
        onChange={(chosen) => {
          order.reset();
          setType(chosen);
          setTyped({});
        }}
      />
      {action?.parameters.map((parameter) => (
        <ParameterField
          key={`${action.type}/${parameter.name}`}
          parameter={parameter}
          text={typed[parameter.name] ?? ''}
          onEdit={(text) => {
            order.reset();
            setTyped({ ...typed, [parameter.name]: text });
          }}
        />
      ))}
      <Textarea
        label="Justification"
        description="What it is needed for. Approvers read it, and it stays in the evidence."
        rows={3}
        maxLength={LONGEST}
        value={justification}
        onChange={({ currentTarget }) => setJustification(currentTarget.value)}
      />
      {order.isError && <ProblemNotice error={order.error} />}
      <div className={classes.actions}>
        <Button
          type="submit"
          loading={order.isPending}
          disabled={parameters === null || justification.trim() === ''}
        >
          Ask for it
        </Button>
      </div>
    </form>
  );
}
