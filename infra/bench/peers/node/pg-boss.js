// pg-boss. Settings are those of its constructor, of createQueue and of work (documents "Constructor",
// "Queues" and "Workers").

import { PgBoss } from 'pg-boss'

const QUEUE = 'jobs'

export async function open({ connectionString, schema, settings }) {
  const boss = new PgBoss({ connectionString, schema, ...settings.boss })
  boss.on('error', (error) => console.error(error))
  let running

  function start() {
    running ??= boss.start()
    return running
  }

  return {
    async setup() {
      await start()
      await boss.createQueue(QUEUE, settings.queue)
    },

    async enqueue(jobs) {
      await start()
      await boss.insert(
        QUEUE,
        jobs.map((data) => ({ data })),
      )
    },

    async work(runJob) {
      await start()
      await boss.work(QUEUE, settings.work, async (jobs) => {
        await Promise.all(jobs.map((job) => runJob(job.data)))
      })
    },

    stop: async () => running && boss.stop({ graceful: true, timeout: 20_000 }),
  }
}
