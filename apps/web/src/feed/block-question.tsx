import { Question } from '../question.js';

interface Props {
  name: string;
  onYes: () => void;
  onNo: () => void;
}

/** Asks before a block, which ends a friendship. */
export function BlockQuestion({ name, onYes, onNo }: Props) {
  return (
    <Question
      label={`Block ${name}`}
      words={
        `Block ${name}? Neither of you is shown what the other writes, and you are no longer friends. ` +
        'You can unblock them under People; that does not bring a friendship back.'
      }
      yes="Yes, block"
      onYes={onYes}
      onNo={onNo}
    />
  );
}
