import type { MailView } from '@groundswell/protocol';
import { useId, useState } from 'react';

interface Props {
  address: MailView['address'];
  busy: boolean;
  onGive: (address: string) => void;
  onRemove: () => void;
}

/** Where letters go. */
export function AddressForm({ address, busy, onGive, onRemove }: Props) {
  const [given, setGiven] = useState(address?.address ?? '');
  const field = useId();
  return (
    <form
      className="status-form"
      onSubmit={(event) => {
        event.preventDefault();
        onGive(given.trim());
      }}
    >
      <label htmlFor={field}>Your mail address</label>
      <input
        id={field}
        type="email"
        required
        autoComplete="email"
        value={given}
        disabled={busy}
        onChange={(event) => setGiven(event.target.value)}
      />
      <div className="status-row">
        <button type="submit" className="primary small" disabled={busy}>
          {address?.state === 'asked' ? 'Ask again' : 'Save'}
        </button>
        {address && (
          <button type="button" className="link" disabled={busy} onClick={onRemove}>
            Remove
          </button>
        )}
      </div>
      <p className="quiet">{sentence(address)}</p>
    </form>
  );
}

const STOPPED = {
  unsubscribed: 'You have unsubscribed. Save it again to get letters again.',
  bounced: 'Your mailbox refused our letters. Check the address and save it again.',
  complained: 'A letter was reported as unwanted, so nothing more is sent.',
  removed: 'Nothing is sent to it.',
} as const;

function sentence(address: MailView['address']): string {
  if (!address) return 'You get no letters. Your address is used for nothing else.';
  if (address.state === 'asked') return `Open the letter that we have sent to ${address.address}, and confirm.`;
  if (address.state === 'confirmed') return `Letters go to ${address.address}.`;
  return STOPPED[address.reason ?? 'removed'];
}
