import { decodeHTML } from 'entities';
import { readArchive } from './archive.js';
import type { SourceMessage } from './messages.js';

const TWEET = /\/(source-tweet|replies)\/\d+\.json$/;

interface Tweet {
  id_str: string;
  text: string;
  in_reply_to_status_id_str: string | null;
  user: { screen_name: string };
}

/** An archive of conversations, one JSON file a tweet. Texts are unescaped; order is that of the ids. */
export async function readTweets(archive: string): Promise<SourceMessage[]> {
  const files = await readArchive(archive, (path) => TWEET.test(path));
  const byId = new Map<string, Tweet>();
  for (const text of files.values()) {
    const tweet = JSON.parse(text) as Tweet;
    byId.set(tweet.id_str, tweet);
  }
  const ordered = [...byId.values()].sort((a, b) => compare(BigInt(a.id_str), BigInt(b.id_str)));
  const indexOf = new Map(ordered.map((tweet, index) => [tweet.id_str, index]));
  return ordered.map(({ text, user, in_reply_to_status_id_str: answered }, index) => {
    const parent = answered === null ? undefined : indexOf.get(answered);
    const message: SourceMessage = { author: user.screen_name, text: decodeHTML(text) };
    return parent !== undefined && parent < index ? { ...message, parent } : message;
  });
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
