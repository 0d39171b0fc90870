import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { api, newKey } from '@/api/http';
import type { Invitation, Member, MemberData, NewInvitation, Page, Role } from '@/api/shapes';
import { useMay, useSession } from '@/app/session';
import { Button, IconButton } from '@/components/Button';
import { ConfirmDelete } from '@/components/ConfirmDelete';
import { CopyButton } from '@/components/CopyButton';
import { Dialog } from '@/components/Dialog';
import { Checkbox, Field, Input, Select } from '@/components/fields';
import { ago, dateTime } from '@/components/format';
import { Loaded } from '@/components/Loaded';
import { Menu } from '@/components/Menu';
import { onSubmit } from '@/components/onSubmit';
import { Section, useTitle } from '@/components/Page';
import { Badge } from '@/components/small';
import { ErrorState } from '@/components/states';
import { toastDone, toastFailed } from '@/components/Toasts';
import { amount } from './amount';

const ROLES: Record<Role, string> = {
  viewer: 'Viewer: looks and asks',
  editor: 'Editor: works with data',
  admin: 'Administrator: everything',
};

/** Who belongs to the organisation, and who is invited. */
export function MembersPart() {
  useTitle('Members');
  const mayEdit = useMay('member:edit');
  const query = useQuery({ queryKey: ['members'], queryFn: () => api.get<Page<Member>>('/members', { limit: 200 }) });
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Member | null>(null);
  const client = useQueryClient();
  const reset = useMutation({
    mutationFn: (member: Member) => api.post<{ link: string; expiresAt: string }>(`/members/${member.id}/reset-link`),
    onError: toastFailed,
  });
  const removed = async (member: Member) => {
    toastDone(`${member.name} is removed`);
    await client.invalidateQueries({ queryKey: ['members'] });
  };
  return (
    <>
      <Section
        title="Members"
        actions={
          mayEdit && (
            <Button size="small" icon={UserPlus} onClick={() => setInviting(true)}>
              Invite
            </Button>
          )
        }
      >
        <Loaded query={query}>
          {({ items }) => (
            <ul className="-my-2 divide-y">
              {items.map((member) => (
                <li key={member.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
                  <div className="min-w-48 grow">
                    <Who member={member} />
                  </div>
                  <RoleChoice member={member} />
                  <span className="w-28 text-sm text-soft max-sm:hidden">
                    {member.lastSeenAt ? `seen ${ago(member.lastSeenAt)}` : 'never seen'}
                  </span>
                  {mayEdit && (
                    <Actions
                      member={member}
                      onRemove={() => setRemoving(member)}
                      onReset={() => reset.mutate(member)}
                    />
                  )}
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Section>
      {mayEdit && <Invitations />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {reset.data && reset.variables && (
        <LinkDialog {...reset.data} onClose={reset.reset}>
          {`With it, ${reset.variables.name} chooses a new password, once.`}
        </LinkDialog>
      )}
      {removing && (
        <RemoveDialog member={removing} onRemoved={() => removed(removing)} onClose={() => setRemoving(null)} />
      )}
    </>
  );
}

/** Asks what becomes of somebody's data, with how much there is. */
function RemoveDialog({
  member,
  onRemoved,
  onClose,
}: {
  member: Member;
  onRemoved: () => Promise<void>;
  onClose: () => void;
}) {
  const [withData, setWithData] = useState(false);
  const data = useQuery({
    queryKey: ['member-data', member.id],
    queryFn: () => api.get<MemberData>(`/members/${member.id}/data`),
  });
  const remove = async () => {
    await api.remove(`/members/${member.id}${withData ? '?withData=true' : ''}`);
    await onRemoved();
  };
  return (
    <ConfirmDelete
      title={`Remove ${member.name}?`}
      action={withData ? 'Remove and delete' : 'Remove'}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>They are signed out at once and their tokens end. What they share with the organisation stays.</p>
      <div className="mt-4 text-text">
        <Checkbox
          label="Also delete what is theirs alone, for good"
          hint={data.data ? amounts(data.data) : 'Counting…'}
          checked={withData}
          onChange={(event) => setWithData(event.target.checked)}
        />
      </div>
      {data.error && <ErrorState error={data.error} compact />}
    </ConfirmDelete>
  );
}

/** Such as `2 versions of data sets, 1 document, no conversations, and all runs and uploads`. */
function amounts({ datasets, documents, conversations }: MemberData) {
  return [
    amount(datasets, 'version of a data set', 'versions of data sets'),
    amount(documents, 'document', 'documents'),
    amount(conversations, 'conversation', 'conversations'),
    'and all their runs, jobs and uploads',
  ].join(', ');
}

function Who({ member }: { member: Member }) {
  const { user } = useSession();
  return (
    <div>
      <span className="font-medium">{member.name}</span>
      <span className="ml-2 inline-flex gap-1">
        {member.id === user?.id && <Badge tone="accent">You</Badge>}
        {!member.active && <Badge tone="warn">Locked out</Badge>}
      </span>
      <span className="block text-sm break-all text-soft">{member.email}</span>
    </div>
  );
}

function useChange(member: Member) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { role?: Role; active?: boolean }) => api.patch<Member>(`/members/${member.id}`, change),
    onSuccess: () => client.invalidateQueries({ queryKey: ['members'] }),
    onError: toastFailed,
  });
}

function RoleChoice({ member }: { member: Member }) {
  const { user } = useSession();
  const mayEdit = useMay('member:edit');
  const change = useChange(member);
  if (!mayEdit || member.id === user?.id) return <span className="w-32 px-2.5">{member.role}</span>;
  return (
    <Select
      aria-label={`Role of ${member.name}`}
      value={member.role}
      disabled={change.isPending}
      onChange={(event) => change.mutate({ role: event.target.value as Role })}
      className="w-32"
    >
      {Object.keys(ROLES).map((role) => (
        <option key={role} value={role}>
          {role}
        </option>
      ))}
    </Select>
  );
}

function Actions({ member, onRemove, onReset }: { member: Member; onRemove: () => void; onReset: () => void }) {
  const { user } = useSession();
  const change = useChange(member);
  if (member.id === user?.id) return <span className="w-7" />;
  return (
    <Menu
      trigger={<IconButton size="small" icon={Ellipsis} label={`More about ${member.name}`} />}
      items={[
        {
          label: member.active ? 'Lock out' : 'Let in again',
          onSelect: () => change.mutate({ active: !member.active }),
        },
        { label: 'Link for a new password', onSelect: onReset },
        { label: 'Remove', danger: true, onSelect: onRemove },
      ]}
    />
  );
}

function Invitations() {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['invitations'],
    queryFn: () => api.get<Page<Invitation>>('/invitations', { limit: 200 }),
  });
  const revoke = useMutation({
    mutationFn: (id: string) => api.remove(`/invitations/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['invitations'] }),
    onError: toastFailed,
  });
  const open = query.data?.items.filter((invitation) => invitation.acceptedAt === null) ?? [];
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (open.length === 0) return null;
  return (
    <Section title="Invited">
      <ul className="-my-2 divide-y">
        {open.map((invitation) => (
          <li key={invitation.id} className="flex items-center justify-between gap-3 py-2.5">
            <div className="min-w-0">
              <p className="font-medium break-all">{invitation.email}</p>
              <p className="text-sm text-soft">{`As ${invitation.role} · until ${dateTime(invitation.expiresAt)}`}</p>
            </div>
            <Button
              size="small"
              aria-label={`Take back the invitation of ${invitation.email}`}
              onClick={() => revoke.mutate(invitation.id)}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Shows a link that is known only now. */
function LinkDialog({
  link,
  expiresAt,
  onClose,
  children,
}: {
  link: string;
  expiresAt: string;
  onClose: () => void;
  children: string;
}) {
  return (
    <Dialog open onClose={onClose} title="Send this link" footer={<Button onClick={onClose}>Done</Button>}>
      <p className="mb-3">
        {children} It works until {dateTime(expiresAt)} and is shown this once: send it to that person only.
      </p>
      <div className="flex items-center gap-2 rounded-md border bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 grow font-mono text-sm break-all">{link}</code>
        <CopyButton text={link} label="Copy the link" />
      </div>
    </Dialog>
  );
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const invite = useMutation({
    mutationFn: () => api.post<NewInvitation>('/invitations', { email, role }, { idempotencyKey: key }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  });
  if (invite.data) {
    return <LinkDialog {...invite.data} onClose={onClose}>{`With it, ${email} joins, once.`}</LinkDialog>;
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Invite somebody"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="invite" look="primary" busy={invite.isPending}>
            Make the link
          </Button>
        </>
      }
    >
      <form id="invite" className="flex flex-col gap-4" onSubmit={onSubmit(() => invite.mutate())}>
        <Field label="Email" required>
          <Input type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
        </Field>
        <Field label="Role" required>
          <Select value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {Object.entries(ROLES).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        {invite.error && <ErrorState error={invite.error} compact />}
      </form>
    </Dialog>
  );
}
