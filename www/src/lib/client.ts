import type { FromWorker, Reading, RequestName, Requests } from '../worker/protocol';
import type { DownloadProgress } from './download';
import type { Event, Failure } from './types';

/** A failure on its way to the reader. */
export class FuseboxError extends Error {
  readonly kind: string;
  readonly field: string | null;

  constructor({ kind, message, field }: Failure) {
    super(message);
    this.kind = kind;
    this.field = field;
  }
}

/** The Worker is gone: whatever was asked of it will not be answered. */
export class WorkerDied extends Error {}

/** What happens without being asked for. */
export interface Notices {
  progress?: (progress: DownloadProgress) => void;
  reading?: (reading: Reading) => void;
  events?: (events: Event[]) => void;
  map?: (progress: Extract<FromWorker, { notice: 'map' }>) => void;
  failed?: (failure: Failure) => void;
  died?: (message: string) => void;
}

/** The part of a Worker that a client uses. */
export type WorkerPort = Pick<
  Worker,
  'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'
>;

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
}

/**
 * Asks a Worker and waits for its answers. Never leaves a promise open: when the Worker dies or is ended, everything
 * still waiting is rejected.
 */
export class WorkerClient {
  readonly #port: WorkerPort;
  readonly #notices: Notices;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #dead: string | null = null;

  constructor(port: WorkerPort, notices: Notices = {}) {
    this.#port = port;
    this.#notices = notices;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    port.onerror = (event) => {
      event.preventDefault();
      this.#die(event.message || 'its program could not be loaded');
    };
    port.onmessageerror = () => this.#die('a message of its could not be read');
  }

  ask<Name extends RequestName>(
    request: Name,
    ask: Requests[Name]['ask'],
  ): Promise<Requests[Name]['answer']> {
    if (this.#dead !== null) return Promise.reject(new WorkerDied(this.#dead));
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      try {
        this.#port.postMessage({ id, request, ask });
      } catch (error) {
        // What cannot be cloned never leaves, so no answer will come.
        this.#waiting.delete(id);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** Ends the Worker and everything in its memory. */
  end(): void {
    this.#bury('The Worker was ended.');
  }

  #receive(message: FromWorker): void {
    if ('notice' in message) {
      switch (message.notice) {
        case 'progress':
          return this.#notices.progress?.(message.progress);
        case 'reading':
          return this.#notices.reading?.(message.reading);
        case 'events':
          return this.#notices.events?.(message.events);
        case 'map':
          return this.#notices.map?.(message);
        case 'failed':
          return this.#notices.failed?.(message.failure);
        case 'died':
          return this.#die(message.message);
      }
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('failure' in message) waiting?.reject(new FuseboxError(message.failure));
    else waiting?.resolve(message.answer as never);
  }

  #die(message: string): void {
    if (this.#dead !== null) return;
    this.#bury(message);
    this.#notices.died?.(message);
  }

  #bury(message: string): void {
    if (this.#dead !== null) return;
    this.#dead = message;
    this.#port.onmessage = null;
    this.#port.terminate();
    const error = new WorkerDied(message);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** A fresh Worker with nothing loaded. */
export function spawnWorker(notices: Notices = {}): WorkerClient {
  return new WorkerClient(
    new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' }),
    notices,
  );
}
