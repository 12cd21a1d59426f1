-- wrk's requests: reads of identifiers drawn at random from a file, or creates that are all different.
-- Arguments: the token, or "-" for a peer without tokens; then the file of identifiers, or "create" and a word of its own.
local threads = {}
function setup(thread)
  table.insert(threads, thread)
  thread:set("number", #threads)
end

function init(arguments)
  headers = {}
  if arguments[1] ~= "-" then headers["Authorization"] = "Bearer " .. arguments[1] end
  math.randomseed(number)
  if arguments[2] == "create" then
    word, count = arguments[3], 0
    headers["Content-Type"] = "application/json"
    request = create
  else
    requests = {}
    for id in io.lines(arguments[2]) do requests[#requests + 1] = wrk.format("GET", "/v1/iccs/" .. id, headers) end
    request = read
  end
end

function read()
  return requests[math.random(#requests)]
end

function create()
  count = count + 1
  local name = string.format("%s-%d-%08d", word, number, count)
  return wrk.format("POST", "/v1/iccs", headers, string.format(
    '{"name":"Connector %s","connectorType":"s3-cross-account","userArn":"arn:aws:iam::%012d:role/iceberg/%s",' ..
    '"sessionName":"icc-%s","bucketName":"acme-lake-%s","prefix":"warehouse/team-%04d/tables/"}',
    name, math.random(0, 999999999), name, name, name, count % 1000))
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"errors":%d,"p50":%d,"p99":%d,"p999":%d}\n', summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
