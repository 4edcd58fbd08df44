import { acceptDeflate } from './deflate-offer.js';

const ACCEPTED = 'permessage-deflate; server_no_context_takeover; client_no_context_takeover';

describe('acceptDeflate', () => {
  it.each([
    ['Chromium and undici', 'permessage-deflate; client_max_window_bits', ACCEPTED],
    ['Safari', 'permessage-deflate', ACCEPTED],
    [
      'all that can be asked for',
      'permessage-deflate; server_no_context_takeover; client_no_context_takeover',
      ACCEPTED,
    ],
    ['a window of the client', 'permessage-deflate;client_max_window_bits=8', ACCEPTED],
    ['our own window', 'permessage-deflate; server_max_window_bits="15"', `${ACCEPTED}; server_max_window_bits=15`],
    ['a second offer that can be met', 'permessage-deflate; server_max_window_bits=9, permessage-deflate', ACCEPTED],
    ['other extensions before', 'x-other; a="1,2", permessage-deflate', ACCEPTED],
  ])('W4: takes the offer of %s', (_, header, answer) => {
    expect(acceptDeflate(header)).toBe(answer);
  });

  it.each([
    ['no header', undefined],
    ['nothing', ''],
    ['another extension', 'x-webkit-deflate-frame'],
    ['a smaller window than frames are made with', 'permessage-deflate; server_max_window_bits=10'],
    ['a window without a number', 'permessage-deflate; server_max_window_bits'],
    ['a window of 7', 'permessage-deflate; client_max_window_bits=7'],
    ['a value where none belongs', 'permessage-deflate; server_no_context_takeover=1'],
    ['a parameter twice', 'permessage-deflate; client_max_window_bits; client_max_window_bits=9'],
    ['an unknown parameter', 'permessage-deflate; level=9'],
    ['an empty parameter', 'permessage-deflate;'],
    ['garbage', ';;,=,"'],
  ])('goes on without compression for %s', (_, header) => {
    expect(acceptDeflate(header)).toBeUndefined();
  });
});
