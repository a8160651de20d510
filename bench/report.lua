-- Asks with the headers the proxy sets; prints what wrk measured as JSON. Asks for one address, or
-- for those given after `--`, each as often as the others; `{}` in one is another number each time.
init = function(paths)
   if #paths == 0 then return end
   local sent = 0
   math.randomseed(os.time())
   request = function()
      sent = sent + 1
      local path = paths[math.random(#paths)]
      return wrk.format("GET", (path:gsub("{}", sent)))
   end
end

done = function(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format(
      '\nRESULT {"requests": %d, "seconds": %.6f, "bytes": %d, "p50": %.4f, "p99": %.4f, "errors": %d}\n',
      summary.requests, summary.duration / 1e6, summary.bytes,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
