import { answer, type Bus, type Listening } from '@groundswell/bus';
import { readAccountQuestion, subjects, type AccountAnswer, type AccountQuestion } from '@groundswell/contracts';

/** Networks as a process is told of them. */
export const NETWORKS = {
  graphUrl: 'https://graph.example',
  blueskyUrl: 'http://127.0.0.1:9/bluesky',
  mastodonUrl: 'https://mastodon.example/',
};

/** The notifier as ingest sees it: what it was asked, and what it answers. */
export class NotifierOnPaper {
  readonly asked: AccountQuestion[] = [];
  /** By default every account is known. */
  answer: (question: AccountQuestion) => AccountAnswer = ({ subjects: known }) => ({ known });
  private listening: Listening | undefined;

  /** Resolves when the server knows that somebody answers. */
  async start(bus: Bus): Promise<void> {
    this.listening = answer(bus, subjects.askAccounts(), {
      group: 'spec',
      handler: (data) => {
        const question = readAccountQuestion(data)!;
        this.asked.push(question);
        return Promise.resolve(new TextEncoder().encode(JSON.stringify(this.answer(question))));
      },
    });
    await bus.health();
  }

  stop(): void {
    this.listening?.stop();
  }
}
