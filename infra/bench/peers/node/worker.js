// One process of a peer, driven over standard input and output by the harness (io.onceledger.peers):
//
//   node worker.js PEER        with PEERS_DATABASE, PEERS_SCHEMA, PEERS_SETTINGS (JSON), PEERS_PROCESSOR
//
//   setup                      creates the peer's schema              -> done
//   enqueue COUNT KIND         adds jobs, durably                     -> done
//   work                       begins to work                         -> done, then what report.js prints
//   stop                       ends when what has begun is written    -> done
//
// The end of the input ends the process too: none outlives a harness that was killed.

import { createInterface } from 'node:readline'
import { jobRunner } from './jobs.js'
import { versionOf } from './version.js'

const PEERS = { 'graphile-worker': './graphile-worker.js', 'pg-boss': './pg-boss.js' }

/** Jobs per call: what the peers' own bulk calls take without trouble. */
const BATCH = 1000

const { open } = await import(PEERS[process.argv[2]])
const peer = await open({
  connectionString: process.env.PEERS_DATABASE,
  schema: process.env.PEERS_SCHEMA,
  settings: JSON.parse(process.env.PEERS_SETTINGS),
})
const runJob = jobRunner(process.env.PEERS_PROCESSOR)
let lastId = 0

const commands = {
  setup: () => peer.setup(),

  async enqueue(count, kind) {
    for (let left = Number(count); left > 0; left -= BATCH) {
      const at = Date.now()
      const size = Math.min(left, BATCH)
      await peer.enqueue(Array.from({ length: size }, () => ({ id: ++lastId, kind, at })))
    }
  },

  work: () => peer.work(runJob),

  async stop() {
    await peer.stop()
    console.log('done')
    process.exit(0)
  },
}

console.log(`ready ${versionOf(process.argv[2])}`)
for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...words] = line.split(' ')
  try {
    await commands[command](...words)
    console.log('done')
  } catch (error) {
    console.log(`failed ${String(error.message).replaceAll('\n', ' ')}`)
  }
}
process.exit(1)
