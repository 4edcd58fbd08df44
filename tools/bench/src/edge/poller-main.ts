/** The process that polls. */
import { obey } from '../orders/obey.js';
import { poll } from './poll.js';

obey({ '/poll': poll });
