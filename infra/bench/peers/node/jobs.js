// What a job does: the same three kinds for every peer.

import http from 'node:http'
import { executed, finished, started } from './report.js'

/** Calls are as many as the peer's concurrency: the agent never queues. */
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity })

/** Long enough for a kill to strike in the middle. */
const SLOW_MILLIS = 8000

/** @returns a function that runs `{id, kind, at}`; it rejects if the processor does not answer 200 */
export function jobRunner(processor) {
  return async function run({ id, kind, at }) {
    const latency = Date.now() - at
    if (kind === 'processor') {
      await call(processor, id)
    } else if (kind === 'slow') {
      started(id)
      await new Promise((resolve) => setTimeout(resolve, SLOW_MILLIS))
      finished(id)
    }
    executed(latency)
  }
}

function call(processor, id) {
  return new Promise((resolve, reject) => {
    const request = http.request(processor, { method: 'POST', agent }, (response) => {
      response.resume()
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`)),
      )
    })
    request.on('error', reject)
    request.end(String(id))
  })
}
