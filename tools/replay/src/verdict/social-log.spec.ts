import type { SocialChange } from './social-history.js';
import { checkSocial, type AcceptedCommand } from './social-log.js';

const block: SocialChange = { seq: 7, at: 0, kind: 'block', by: 'ada', to: 'ben' };
const accepted: AcceptedCommand = { kind: 'block', by: 'ada', to: 'ben', seq: 7, repeated: false };

describe('checkSocial', () => {
  it('wants every answered command once, where the answer says, and nothing else', () => {
    expect(checkSocial([block], [accepted])).toEqual([]);
    expect(checkSocial([], [accepted])).toEqual(['social: block ada ben was answered with 7 and stands at []']);
    expect(checkSocial([{ ...block, seq: 8 }], [accepted])).toHaveLength(2);
    expect(checkSocial([{ ...block, by: 'ben', to: 'ada' }], [accepted])).toHaveLength(2);
    expect(checkSocial([block, { ...block, seq: 8 }], [accepted])).toEqual([
      'social: block ada ben at 8 was never answered',
    ]);
  });

  it('lets a command that was sent again stand at an earlier place, once', () => {
    expect(checkSocial([block], [{ ...accepted, seq: 9, repeated: true }])).toEqual([]);
    expect(checkSocial([block, { ...block, seq: 8 }], [{ ...accepted, seq: 9, repeated: true }])).toHaveLength(1);
  });
});
