import { Accordion } from '@mantine/core';
import { canonical } from '#/api/canonical';
import type { EvidenceRecord } from '#/api/hashed';
import { CodeBlock } from '#/ui/CodeBlock';
import { HashText } from '#/ui/HashText';
import { Moment } from '#/ui/Moment';
import { RECORD_TYPES, wordOf } from '#/words';
import classes from './RecordList.module.css';

/** The records of a package in the order of the tree, each with its hash and its content. */
export function RecordList({ records }: { records: EvidenceRecord[] }) {
  return (
    <Accordion multiple order={3} variant="default" chevronPosition="left">
      {records.map((record, leaf) => (
        <Accordion.Item key={record.id} value={record.id}>
          <Accordion.Control>
            <span className={classes.head}>
              <span className={classes.leaf}>{leaf}</span>
              <span className={classes.type}>{wordOf(RECORD_TYPES, record.type).label}</span>
              <span className={classes.when}>
                <Moment at={record.at} />
              </span>
            </span>
          </Accordion.Control>
          <div className={classes.hash}>
            <HashText hash={record.hash} what={`hash of record ${leaf}`} full />
          </div>
          <Accordion.Panel>
            <CodeBlock title="Content" text={canonical(record.content)} what="content of the record" />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
