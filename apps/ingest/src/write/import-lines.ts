import { MEMBER_ID, profileFault, type ImportLine, type ProfileBody } from '@groundswell/protocol';

/** Longest line that an import may hold, in UTF-16 code units. */
export const LINE_MAX = 1024;

export type ParsedLine = { line: ImportLine } | { fault: string };

/** Reads one line of an import. A fault says what is wrong with it. */
export function parseImportLine(text: string): ParsedLine {
  if (text.length > LINE_MAX) return { fault: `longer than ${LINE_MAX} characters` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'not JSON' };
  }
  if (typeof value !== 'object' || value === null) return { fault: 'not a JSON object' };
  const fields = value as Record<string, unknown>;
  if (fields['t'] === 'edge') return parseEdge(fields);
  if (fields['t'] === 'profile') return parseProfile(fields);
  return { fault: '"t" must be "edge" or "profile"' };
}

function parseEdge({ a, b, ...rest }: Record<string, unknown>): ParsedLine {
  if (Object.keys(rest).length > 1) return { fault: 'an edge has the fields t, a and b, and no others' };
  if (!isMember(a) || !isMember(b)) return { fault: '"a" and "b" must be member ids' };
  if (a === b) return { fault: 'nobody is their own friend' };
  return { line: { t: 'edge', a, b } };
}

function parseProfile({ t: _, id, name, avatar, timeZone, locale, ...rest }: Record<string, unknown>): ParsedLine {
  if (Object.keys(rest).length > 0)
    return { fault: 'a profile has the fields t, id, name, avatar, timeZone and locale, and no others' };
  if (!isMember(id)) return { fault: '"id" must be a member id' };
  const profile: Record<string, unknown> = { name };
  for (const [field, value] of Object.entries({ avatar, timeZone, locale }))
    if (value !== undefined) profile[field] = value;
  for (const [field, value] of Object.entries(profile)) {
    const fault = profileFault(field as keyof ProfileBody, value);
    if (fault !== undefined) return { fault: `"${field}" ${fault}` };
  }
  return { line: { t: 'profile', id, ...(profile as unknown as ProfileBody) } };
}

function isMember(value: unknown): value is string {
  return typeof value === 'string' && MEMBER_ID.test(value);
}
