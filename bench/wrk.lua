-- Prints wrk's summary as one line of JSON; per-request hooks would slow it, there are none.
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    'BENCH {"requests":%d,"bytes":%d,"microseconds":%d,"status":%d,"socket":%d,"p99":%d}\n',
    summary.requests, summary.bytes, summary.duration, e.status,
    e.connect + e.read + e.write + e.timeout, latency:percentile(99)))
end
