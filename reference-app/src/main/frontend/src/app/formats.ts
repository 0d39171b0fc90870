import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import type { Preferences } from '@/api/shapes';
import { setFormats } from '@/components/format';
import { useMay } from './session';

/**
 * Has pages write numbers and dates as the organisation wants them, or as the browser does where nobody has said. Gives a
 * key that changes when what is shown must be written anew.
 */
export function useFormats(): string {
  const may = useMay('settings:get');
  const { data } = useQuery({
    queryKey: ['settings'],
    queryFn: () => api.get<Preferences>('/settings'),
    enabled: may,
    staleTime: 300_000,
  });
  if (data === undefined) return setFormats(null);
  return setFormats(data.revision === 0 ? {} : { locale: data.locale, timeZone: data.timeZone });
}
