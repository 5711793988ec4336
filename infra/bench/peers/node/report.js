// What a working process prints: `ran COUNT P99` ten times a second, the jobs since the last line and
// the 99th percentile in milliseconds from enqueueing to execution; for slow jobs `started ID` and
// `finished ID` at once.

const EVERY_MILLIS = 100

let latencies = []

export function executed(latency) {
  latencies.push(latency)
}

export function started(id) {
  console.log(`started ${id}`)
}

export function finished(id) {
  console.log(`finished ${id}`)
}

setInterval(() => {
  if (latencies.length > 0) {
    const sorted = Float64Array.from(latencies).sort()
    latencies = []
    const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1]
    console.log(`ran ${sorted.length} ${p99}`)
  }
}, EVERY_MILLIS).unref()
