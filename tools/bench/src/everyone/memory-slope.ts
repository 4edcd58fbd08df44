import { kernelKb } from '../machine/process-figures.js';
import { MeasurementInvalid } from '../measurement-invalid.js';
import type { Scene } from './scene.js';

/** KB for each socket more. */
export interface Slope {
  process: number;
  /** Of the kernel, for both ends of a socket. */
  kernel: number;
  from: number;
  to: number;
}

/** Memory at two numbers of idle sockets; what a process needs anyway falls out. Leaves the larger number open. */
export async function memorySlope(scene: Scene, resident: () => number): Promise<Slope> {
  const { idleFrom: from, sockets: to } = scene.sizes;
  const low = await atRest(scene, from, resident);
  const high = await atRest(scene, to, resident);
  const each = (a: number, b: number) => (b - a) / (to - from);
  return { process: each(low.process, high.process), kernel: each(low.kernel, high.kernel), from, to };
}

async function atRest({ swarm, sizes }: Scene, sockets: number, resident: () => number) {
  const { open, failed } = await swarm.resize(sockets);
  if (open !== sockets) throw new MeasurementInvalid(`Only ${open} of ${sockets} sockets opened, ${failed} failed.`);
  await new Promise((resolve) => setTimeout(resolve, sizes.restMs));
  return { process: resident(), kernel: kernelKb() };
}
