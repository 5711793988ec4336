-- Charges under keys of their own, for wrk with one thread. The keys are those of Keys.java.
-- Arguments: kind, count, run, then one or more keys of merchants. ONCELEDGER_GATE names a file that
-- holds the milliseconds to pause before each request.

local random, format, concat = math.random, string.format, table.concat
local gate = os.getenv("ONCELEDGER_GATE")
local kind, count, run
local heads, tail = {}, nil
local n, pause, asked = 0, 0, 0

local BODY = '{"amount":1000,"currency":"USD","payment_method":"pm_card_visa"}'
local STEP, SPACE, RECENT = 88888889, 4294967296, 10000

-- The gate is read again after so many requests: some hundred times a second.
local READ_GATE = 32

function init(args)
  kind, count, run = args[1], tonumber(args[2]), args[3]
  for i = 4, #args do
    heads[#heads + 1] = "POST /v1/charges HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port ..
      "\r\nAuthorization: Bearer " .. args[i] ..
      "\r\nContent-Type: application/json\r\nContent-Length: " .. #BODY .. "\r\nIdempotency-Key: "
  end
  tail = "\r\n\r\n" .. BODY
  math.randomseed(tonumber(run, 16) % 2147483647)
end

local function fresh(i)
  return format("%08x-%s-%018d", i * STEP % SPACE, run, i)
end

local function key()
  if kind == "ONE" then
    return fresh(0)
  end
  if kind == "OLD" then
    local i = random(1, count)
    return format("%08x-%027d", i * STEP % SPACE, i)
  end
  if kind == "REPEATS" and n > 0 and random(100) <= count then
    return fresh(n - random(0, math.min(n, RECENT) - 1))
  end
  n = n + 1
  return fresh(n)
end

function request()
  local k = key()
  local head = heads[1]
  if #heads > 1 then
    -- A key belongs to one merchant: its number decides, so that a repeat is a repeat.
    head = heads[tonumber(k:sub(-18)) % #heads + 1]
  end
  return concat({head, k, tail})
end

-- A delay costs a timer for each request: without a gate there is none.
if gate then
  function delay()
    asked = asked + 1
    if asked % READ_GATE == 1 then
      local file = io.open(gate)
      if file then
        pause = tonumber(file:read("*l")) or pause
        file:close()
      end
    end
    return pause
  end
end

function done(summary, latency)
  local errors = summary.errors
  print(format(
    '{"seconds":%.6f,"answers":%d,"refused":%d,"failed":%d,"p50":%.3f,"p99":%.3f,"p999":%.3f,"most":%.3f}',
    summary.duration / 1e6, summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency:percentile(99.9) / 1e3,
    latency.max / 1e3))
end
