// graphile-worker. Settings are those of its preset (document "Configuration").

import { Logger, makeWorkerUtils, run } from 'graphile-worker'

/** Errors only: a line per job would be measured with it. */
const logger = new Logger(() => (level, message) => {
  if (level === 'error') {
    console.error(message)
  }
})

export async function open({ connectionString, schema, settings }) {
  const preset = { worker: { connectionString, schema, logger, ...settings } }
  let utils
  let runner

  async function utilities() {
    utils ??= await makeWorkerUtils({ preset })
    return utils
  }

  return {
    setup: async () => (await utilities()).migrate(),

    enqueue: async (jobs) =>
      (await utilities()).addJobs(jobs.map((payload) => ({ identifier: 'job', payload }))),

    async work(runJob) {
      runner = await run({ preset, taskList: { job: runJob }, noHandleSignals: true })
    },

    async stop() {
      await runner?.stop()
      await utils?.release()
    },
  }
}
