import { useId, useState } from 'react';

interface Props {
  network: string;
  onGive: (token: string) => void;
}

/** Asks for a token again: it was not kept. */
export function ListTokenForm({ network, onGive }: Props) {
  const [token, setToken] = useState('');
  const field = useId();
  return (
    <form
      className="status-form"
      onSubmit={(event) => {
        event.preventDefault();
        setToken('');
        onGive(token);
      }}
    >
      <label htmlFor={field}>Token for your list on {network}</label>
      <input
        id={field}
        type="password"
        required
        autoComplete="off"
        aria-describedby={`${field}-why`}
        value={token}
        onChange={(event) => setToken(event.target.value)}
      />
      <p id={`${field}-why`} className="quiet">
        Your browser reads the list with it, and forgets it. It is not sent to us.
      </p>
      <div className="status-row">
        <button type="submit" className="small">
          Read my list
        </button>
      </div>
    </form>
  );
}
