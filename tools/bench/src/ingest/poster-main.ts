/** The process that posts. */
import { obey } from '../orders/obey.js';
import { openTexts } from '../statuses/texts.js';
import type { PostOrder } from './messages.js';
import { post } from './post.js';

const texts = openTexts(process.env['GROUNDSWELL_DATA']);

obey({ '/post': (order: PostOrder) => post(order, texts) });
