-- wrk's requests: creates whose names and roles are all different. Arguments: the token, and a word that no other run has.
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  token, word, count = arguments[1], arguments[2], 0
  headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
end

function request()
  count = count + 1
  local name = string.format("%s-%d-%d", word, number, count)
  return wrk.format("POST", "/v1/iccs", headers, string.format(
    '{"name":"%s","connectorType":"s3-cross-account","userArn":"arn:aws:iam::111122223333:role/%s",' ..
    '"sessionName":"acme-import","bucketName":"acme-data","prefix":"exports/"}', name, name))
end
