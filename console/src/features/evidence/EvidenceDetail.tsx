import { recordsOf, signaturesOf } from '#/api/hashed';
import type { EvidencePackage } from '#/api/types';
import { CodeBlock } from '#/ui/CodeBlock';
import { Columns } from '#/ui/Columns';
import { Facts } from '#/ui/Facts';
import { HashText } from '#/ui/HashText';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { TextLink } from '#/ui/TextLink';
import { RecordList } from './RecordList';
import { RootCheck } from './RootCheck';

interface Props {
  evidence: EvidencePackage;
  /** For whoever may see the package and nothing else: no ways from it to other pages. */
  alone?: boolean;
}

/** One sealed package: its records, its root, its signatures, and how to verify it without us. */
export function EvidenceDetail({ evidence, alone = false }: Props) {
  return (
    <Columns
      main={
        <Panel title="Records" note="Leaves of the tree, in its order." flush>
          <RecordList records={recordsOf(evidence)} />
        </Panel>
      }
      side={
        <>
          <Panel title="Seal">
            <Facts
              narrow
              facts={[
                ['Merkle root', <HashText key="root" hash={evidence.merkleRoot} what="Merkle root" full />],
                ['Plan hash', <HashText key="plan" hash={evidence.planHash} what="plan hash" />],
                ['Index in the audit log', evidence.logIndex],
                ['Sealed', <Moment key="sealed" at={evidence.sealedAt} exact />],
                ['Package', <HashText key="id" hash={evidence.id} what="package id" />],
                [
                  'Workflow',
                  alone ? (
                    <HashText key="workflow" hash={evidence.workflowId} what="workflow id" />
                  ) : (
                    <TextLink key="workflow" to="/workflows/$id" params={{ id: evidence.workflowId }}>
                      Open the workflow
                    </TextLink>
                  ),
                ],
                ['Checked here', <RootCheck key="check" evidence={evidence} />],
              ]}
            />
          </Panel>
          <Panel title="Signatures">
            <Facts
              narrow
              facts={signaturesOf(evidence).map(({ algorithm, keyId, signature }) => [
                `${algorithm}, key ${keyId}`,
                <HashText key={algorithm} hash={signature} what={`${algorithm} signature`} />,
              ])}
            />
          </Panel>
          <Panel title="Verify offline" note="No network, no server: the file and one program.">
            <CodeBlock title="Command" text={`./nuxari verify evidence-${evidence.id}.json`} what="command" />
          </Panel>
        </>
      }
    />
  );
}
