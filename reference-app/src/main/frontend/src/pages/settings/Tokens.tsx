import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, newKey } from '@/api/http';
import type { NewToken, Page, Token } from '@/api/shapes';
import { useSession } from '@/app/session';
import { Button, IconButton } from '@/components/Button';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { CopyButton } from '@/components/CopyButton';
import { Dialog } from '@/components/Dialog';
import { Checkbox, Field, Input, Select } from '@/components/fields';
import { ago, dateTime } from '@/components/format';
import { Loaded } from '@/components/Loaded';
import { onSubmit } from '@/components/onSubmit';
import { Section } from '@/components/Page';
import { Note } from '@/components/small';
import { ErrorState } from '@/components/states';
import { toastDone } from '@/components/Toasts';

const LIVES = [7, 30, 90, 365];

/** Personal tokens, with which programs use the API in one's name. */
export function Tokens() {
  const client = useQueryClient();
  const query = useQuery({ queryKey: ['tokens'], queryFn: () => api.get<Page<Token>>('/tokens', { limit: 200 }) });
  const [adding, setAdding] = useState(false);
  const [deleting, setDeleting] = useState<Token | null>(null);
  const remove = async (token: Token) => {
    await api.remove(`/tokens/${token.id}`);
    toastDone(`${token.name} no longer lets anybody in`);
    await client.invalidateQueries({ queryKey: ['tokens'] });
  };
  return (
    <Section
      title="Personal tokens"
      actions={
        <Button size="small" icon={KeyRound} onClick={() => setAdding(true)}>
          New token
        </Button>
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-soft">
              With a token, a program uses the API in your name and with the scopes that you give it.
            </p>
          ) : (
            <ul className="-my-2 divide-y">
              {items.map((token) => (
                <li key={token.id} className="flex items-center justify-between gap-3 py-2.5">
                  <div className="min-w-0">
                    <p className="font-medium break-all">{token.name}</p>
                    <p className="text-sm text-soft">
                      {[
                        `${token.scopes.length} ${token.scopes.length === 1 ? 'scope' : 'scopes'}`,
                        token.expiresAt ? `ends ${dateTime(token.expiresAt)}` : 'never ends',
                        token.lastUsedAt ? `used ${ago(token.lastUsedAt)}` : 'never used',
                      ].join(' · ')}
                    </p>
                  </div>
                  <IconButton icon={Trash2} label={`Revoke ${token.name}`} onClick={() => setDeleting(token)} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding && <TokenDialog onClose={() => setAdding(false)} />}
      {deleting && (
        <ConfirmDelete
          title={`Revoke “${deleting.name}”?`}
          action="Revoke"
          onConfirm={() => remove(deleting)}
          onClose={() => setDeleting(null)}
        >
          Programs that use it are refused from then on.
        </ConfirmDelete>
      )}
    </Section>
  );
}

function TokenDialog({ onClose }: { onClose: () => void }) {
  const { scopes } = useSession();
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [chosen, setChosen] = useState(() => new Set(scopes.filter((scope) => scope.endsWith(':get'))));
  const create = useMutation({
    mutationFn: () =>
      api.post<NewToken>(
        '/tokens',
        { name, scopes: [...chosen], expiresInDays: Number(days) },
        { idempotencyKey: key },
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const toggle = (scope: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(scope)) next.add(scope);
      return next;
    });
  if (create.data) {
    return (
      <Dialog open onClose={onClose} title="Copy the token now" footer={<Button onClick={onClose}>I have it</Button>}>
        <p className="mb-3">It is shown this once: only its hash is kept.</p>
        <div className="flex items-center gap-2 rounded-md border bg-sunken py-1 pr-1 pl-3">
          <code className="min-w-0 grow font-mono text-sm break-all">{create.data.token}</code>
          <CopyButton text={create.data.token} label="Copy the token" />
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="New token"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="token" look="primary" busy={create.isPending} disabled={chosen.size === 0}>
            Create
          </Button>
        </>
      }
    >
      <form id="token" className="flex flex-col gap-4" onSubmit={onSubmit(() => create.mutate())}>
        <Field label="Name" required hint="What it is for.">
          <Input maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Ends after" required>
          <Select value={days} onChange={(event) => setDays(event.target.value)}>
            {LIVES.map((life) => (
              <option key={life} value={life}>{`${life} days`}</option>
            ))}
          </Select>
        </Field>
        <fieldset>
          <legend className="mb-2 text-sm font-medium">It may</legend>
          <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
            {scopes.toSorted().map((scope) => (
              <Checkbox
                key={scope}
                label={<span className="font-mono text-sm">{scope}</span>}
                checked={chosen.has(scope)}
                onChange={() => toggle(scope)}
              />
            ))}
          </div>
        </fieldset>
        {chosen.size === 0 && <Note tone="warn">A token without scopes can do nothing.</Note>}
        {create.error && <ErrorState error={create.error} compact />}
      </form>
    </Dialog>
  );
}
