-- wrk's requests: reads of paths drawn at random from a file that holds one a line. Arguments: the token, and the file.
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  local headers = { ["Authorization"] = "Bearer " .. arguments[1] }
  requests = {}
  for path in io.lines(arguments[2]) do requests[#requests + 1] = wrk.format("GET", path, headers) end
  math.randomseed(number + 1)
end

function request()
  return requests[math.random(#requests)]
end
