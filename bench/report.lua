-- Asks with the headers the proxy sets; prints what wrk measured as JSON. Asks for one address, or
-- for those given after `--`, each as often as the others; `{}` in one is another number each time.
-- Of those it also says for how long the server failed: the seconds from the first 5xx to the last.
local ffi = require("ffi")
ffi.cdef("struct timespec { long sec; long nsec; }; int clock_gettime(int, struct timespec *);")
local MONOTONIC = 1
local threads = {}
first_failure, last_failure = 0, 0

local function now()
   local time = ffi.new("struct timespec")
   ffi.C.clock_gettime(MONOTONIC, time)
   return tonumber(time.sec) + tonumber(time.nsec) / 1e9
end

setup = function(thread)
   table.insert(threads, thread)
end

init = function(paths)
   if #paths == 0 then return end
   local sent = 0
   math.randomseed(os.time())
   request = function()
      sent = sent + 1
      local path = paths[math.random(#paths)]
      return wrk.format("GET", (path:gsub("{}", sent)))
   end
   response = function(status)
      if status >= 500 then
         last_failure = now()
         if first_failure == 0 then first_failure = last_failure end
      end
   end
end

done = function(summary, latency, requests)
   local errors = summary.errors
   local failing = threads[1]:get("last_failure") - threads[1]:get("first_failure")
   io.write(string.format(
      '\nRESULT {"requests": %d, "seconds": %.6f, "bytes": %d, "p50": %.4f, "p99": %.4f, "errors": %d, "failing": %.3f}\n',
      summary.requests, summary.duration / 1e6, summary.bytes,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      errors.connect + errors.read + errors.write + errors.timeout + errors.status, failing))
end
