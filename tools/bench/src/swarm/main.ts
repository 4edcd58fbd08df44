/** A process full of viewers. */
import { obey } from '../orders/obey.js';
import { Crowd } from './crowd.js';
import type { BeginOrder, OpenOrder, StallOrder } from './messages.js';

const crowd = new Crowd();

obey({
  '/open': (order: OpenOrder) => crowd.resize(order),
  '/begin': (order: BeginOrder) => crowd.begin(order),
  '/stall': (order: StallOrder) => crowd.stall(order),
  '/report': () => crowd.report(),
});
