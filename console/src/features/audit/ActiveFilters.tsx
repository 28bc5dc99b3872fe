import { FilterChips } from '#/ui/FilterChips';
import { setFilters } from './filter';
import { type AuditFilter, useAuditEvents, useFilterWords } from './queries';

interface Props {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

/** Which filters are on, and whether what they find is on its way. */
export function ActiveFilters({ filter, onChange }: Props) {
  const words = useFilterWords();
  const { isFetching } = useAuditEvents(filter);
  return (
    <FilterChips
      chips={setFilters(filter, words).map((set) => ({
        ...set,
        onRemove: () => onChange({ ...filter, [set.key]: undefined }),
      }))}
      busy={isFetching}
      onClear={() => onChange({})}
    />
  );
}
