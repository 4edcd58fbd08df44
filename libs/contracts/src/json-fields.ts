/** The fields of a JSON object, not checked yet. */
export type Fields = Record<string, unknown>;

const decoder = new TextDecoder();

/** The fields of a message; undefined when it holds anything but a JSON object. */
export function fieldsIn(data: Uint8Array): Fields | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(data));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
