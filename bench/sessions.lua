-- wrk.lua, but each request is in the next one of the sessions whose cookies are the arguments.
dofile(os.getenv("BENCH_WRK"))
local requests, at = {}, 0
function init(cookies)
  for n, cookie in ipairs(cookies) do
    requests[n] = wrk.format(nil, nil, { Host = "bench", Cookie = cookie })
  end
end
function request()
  at = at % #requests + 1
  return requests[at]
end
