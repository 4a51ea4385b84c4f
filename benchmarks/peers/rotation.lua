-- Sends the requests of the file REQUESTS in turn. The text NEVER_SEEN in one gets another number of eight digits
-- each time, which leaves its length as it was.

local file = assert(io.open(os.getenv("REQUESTS"), "rb"))
local requests = {}
for each in file:read("*a"):gmatch("%Z+") do requests[#requests + 1] = each end
file:close()

local never_seen = os.getenv("NEVER_SEEN")
local turn = tonumber(os.getenv("TURN"))
local sent = turn * 37
local number = turn * 1000000
local numbered = requests[1]:find(never_seen, 1, true) ~= nil

function request()
  sent = sent + 1
  local chosen = requests[sent % #requests + 1]
  if not numbered then return chosen end
  number = number + 1
  return (chosen:gsub(never_seen, string.format("f%08d:", number), 1))
end

function done(summary, latency)
  local errors = summary.errors
  local wrong = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("SEEN %d %d %d %d %d %d\n", summary.requests - errors.status, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.bytes, wrong))
end
