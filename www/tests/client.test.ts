import { describe, expect, it } from 'vitest';

import { FuseboxError, WorkerClient, WorkerDied, type WorkerPort } from '../src/lib/client';
import { failureOf, type FromWorker, type ToWorker } from '../src/worker/protocol';

/** The far end of a Worker: keeps what was asked and says what it is told to. */
class FarEnd implements WorkerPort {
  onmessage: WorkerPort['onmessage'] = null;
  onerror: WorkerPort['onerror'] = null;
  onmessageerror: WorkerPort['onmessageerror'] = null;
  asked: ToWorker[] = [];
  terminated = false;

  postMessage(message: ToWorker): void {
    this.asked.push(structuredClone(message));
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: FromWorker): void {
    this.onmessage?.call(this as unknown as Worker, { data } as MessageEvent<FromWorker>);
  }
}

const NO_HISTORY = { user: 0, id: 'u0', train: [], validation: [], test: [] };

describe('a client', () => {
  it('pairs answers with questions by id, in whatever order they come', async () => {
    const far = new FarEnd();
    const client = new WorkerClient(far);
    const first = client.ask('user', 0);
    const second = client.ask('user', 1);
    far.say({ id: far.asked[1]?.id ?? -1, answer: { ...NO_HISTORY, user: 1 } });
    far.say({ id: far.asked[0]?.id ?? -1, answer: NO_HISTORY });
    expect((await first).user).toBe(0);
    expect((await second).user).toBe(1);
  });

  it('rejects with the failure and its field', async () => {
    const far = new FarEnd();
    const answer = new WorkerClient(far).ask('schema', null);
    far.say({ id: 0, failure: { kind: 'spec', message: 'epochs is 0', field: 'training.epochs' } });
    await expect(answer).rejects.toMatchObject({
      message: 'epochs is 0',
      field: 'training.epochs',
      kind: 'spec',
    });
    await expect(answer).rejects.toBeInstanceOf(FuseboxError);
  });

  it('leaves no promise open when the wasm dies, says so once, and ends the Worker', async () => {
    const far = new FarEnd();
    const deaths: string[] = [];
    const client = new WorkerClient(far, { died: (message) => deaths.push(message) });
    const waiting = [client.ask('user', 0), client.ask('play', { between: 0 })];
    far.say({ notice: 'died', message: 'out of memory' });
    for (const promise of waiting) await expect(promise).rejects.toBeInstanceOf(WorkerDied);
    expect(deaths).toEqual(['out of memory']);
    expect(far.terminated).toBe(true);
    await expect(client.ask('schema', null)).rejects.toThrow('out of memory');
  });

  it('takes an error of the Worker itself for death', async () => {
    const far = new FarEnd();
    const answer = new WorkerClient(far).ask('schema', null);
    far.onerror?.call(
      far as unknown as Worker,
      { message: 'import failed', preventDefault: () => undefined } as ErrorEvent,
    );
    await expect(answer).rejects.toThrow('import failed');
  });

  it('rejects what waits when it is ended, without reporting a death', async () => {
    const far = new FarEnd();
    const deaths: string[] = [];
    const client = new WorkerClient(far, { died: (message) => deaths.push(message) });
    const answer = client.ask('pause', null);
    client.end();
    await expect(answer).rejects.toBeInstanceOf(WorkerDied);
    expect(deaths).toEqual([]);
  });

  it('rejects at once what cannot be sent', async () => {
    const client = new WorkerClient(new FarEnd());
    await expect(client.ask('check', { system: () => 0 } as never)).rejects.toThrow();
  });
});

describe('a thrown value', () => {
  it('keeps kind and field of a failure', () => {
    expect(failureOf({ kind: 'link', message: 'cut short', field: null })).toEqual({
      kind: 'link',
      message: 'cut short',
      field: null,
    });
  });

  it('becomes a sentence, whatever it was', () => {
    expect(failureOf(new TypeError('no such function')).message).toBe('no such function');
    expect(failureOf('plain text')).toEqual({ kind: 'unexpected', message: 'plain text', field: null });
    expect(failureOf(null).message).toBe('null');
  });
});
