// The generated client, untouched, against a running API: LEDGER_URL, LEDGER_API_KEY.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import {
  ChargesApi,
  Configuration,
  ProblemFromJSON,
  ResponseError,
  type Charge,
  type ChargeRequest,
} from '../target/generated/index.js';

function variable(name: string): string {
  const value = process.env[name];
  assert.ok(value, `set ${name}`);
  return value;
}

const charges = new ChargesApi(
  new Configuration({ basePath: variable('LEDGER_URL'), accessToken: variable('LEDGER_API_KEY') }),
);

const chargeRequest: ChargeRequest = {
  amount: 1000,
  currency: 'USD',
  paymentMethod: 'pm_card_visa',
  metadata: { order: '1' },
};

test('a charge is accepted once, and its repeat gets the same receipt', async () => {
  const idempotencyKey = randomUUID();

  const first = await charges.createChargeRaw({ idempotencyKey, chargeRequest });
  const second = await charges.createChargeRaw({ idempotencyKey, chargeRequest });

  assert.equal(first.raw.status, 202);
  assert.equal(first.raw.headers.get('Idempotent-Replayed'), null);
  assert.equal(second.raw.headers.get('Idempotent-Replayed'), 'true');
  const charge = await first.value();
  assert.deepEqual(await second.value(), charge);
  assert.equal(charge.status, 'pending');
  assert.equal(charge.description, null);
  assert.deepEqual(charge.metadata, { order: '1' });
  assert.ok(charge.createdAt instanceof Date);
});

test('whoever prefers to wait gets the settled charge', async () => {
  const charge = await charges.createCharge({
    idempotencyKey: randomUUID(),
    chargeRequest,
    prefer: 'wait=20',
  });

  assert.equal(charge.status, 'succeeded');
  assert.deepEqual(await charges.getCharge({ id: charge.id }), charge);
});

test('another body under the key is refused with its pointers and the first charge', async () => {
  const idempotencyKey = randomUUID();
  const first = await charges.createCharge({ idempotencyKey, chargeRequest });

  const error: unknown = await charges
    .createCharge({ idempotencyKey, chargeRequest: { ...chargeRequest, amount: 2000 } })
    .then(() => assert.fail('it was accepted'), (reason: unknown) => reason);

  assert.ok(error instanceof ResponseError);
  assert.equal(error.response.status, 422);
  const problem = ProblemFromJSON(await error.response.json());
  assert.equal(problem.type, '/problems/idempotency-key-reused');
  assert.deepEqual(problem.errors?.map((field) => field.pointer), ['/amount']);
  assert.equal(problem.resource, `/v1/charges/${first.id}`);
});

test('pages joined are the whole list, newest first', async () => {
  const made: string[] = [];
  for (let i = 0; i < 5; i++) {
    const charge = await charges.createCharge({ idempotencyKey: randomUUID(), chargeRequest });
    made.unshift(charge.id);
  }

  const listed: Charge[] = [];
  let cursor: string | undefined;
  do {
    const page = await charges.listCharges({ limit: 2, cursor });
    listed.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && listed.length < made.length);

  assert.deepEqual(listed.slice(0, made.length).map((charge) => charge.id), made);
});
