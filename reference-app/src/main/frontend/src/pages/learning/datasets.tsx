import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/http';
import type { Dataset, Page as PageOf } from '@/api/shapes';
import { Field, Select } from '@/components/fields';

/** The data sets that there are, the newest first. */
export function useDatasets() {
  return useQuery({
    queryKey: ['datasets', 'to-learn-from'],
    queryFn: ({ signal }) => api.get<PageOf<Dataset>>('/datasets', { limit: 200 }, signal),
  });
}

/** Which data set is chosen: the one offered first, until another is, also when newer ones come in the meantime. */
export function useChosen(start: string, offered: string | undefined): [string, (id: string) => void] {
  const [chosen, setChosen] = useState(start || (offered ?? ''));
  if (chosen === '' && offered) setChosen(offered);
  return [chosen, setChosen];
}

/** Asks for one of the data sets, or for another one whose id came from elsewhere. */
export function DatasetField(props: {
  label?: string;
  items: Dataset[];
  id: string;
  name?: string;
  className?: string;
  onChosen: (id: string) => void;
}) {
  const { label = 'Data set', items, id, name, className, onChosen } = props;
  return (
    <Field label={label} required className={className}>
      <Select value={id} onChange={(event) => onChosen(event.target.value)}>
        {id !== '' && !items.some((item) => item.id === id) && <option value={id}>{name ?? id}</option>}
        {items.map((item) => (
          <option key={item.id} value={item.id}>
            {item.name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
