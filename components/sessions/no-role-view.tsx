import { SignOutForm } from './sign-out-form';

type Props = { name: string; organisation: string; ask: string };

/** Somebody signed in whom nobody has given a role: they see nothing, and whom to ask. */
export function NoRoleView({ name, organisation, ask }: Props) {
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">You have no role yet.</h1>
      <p className="text-muted">
        You are signed in to <bdi className="text-ink">{organisation}</bdi> as{' '}
        <bdi className="text-ink">{name}</bdi>. {ask}
      </p>
      <SignOutForm />
    </>
  );
}
