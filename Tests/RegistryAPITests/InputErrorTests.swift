import HTTPWire
import JSON
import Registry
import Testing

@testable import RegistryAPI

/// The errors for unknown names, and for requests with very many errors.
@Suite struct InputErrorTests {
  @Test(arguments: [
    ("session_name", "session-name.unknown", "Did you mean sessionName?"),
    ("bucket_name", "bucket-name.unknown", "Did you mean bucketName?"),
    ("SessionName", "session-name.unknown", "Did you mean sessionName?"),
    ("roleArn", "role-arn.unknown", "Did you mean userArn?"),
    ("RoleArn", "role-arn.unknown", "Did you mean userArn?"),
    ("bucket", "bucket.unknown", "Did you mean bucketName?"),
    ("prefx", "prefx.unknown", "Did you mean prefix?"),
    ("kmsKeyARN", "kms-key-a-r-n.unknown", "Did you mean kmsKeyArn?"),
    ("organization", "organization.unknown", "Did you mean organisation?"),
    ("external_id", "external-id.unknown", "The registry sets externalId. Leave it out."),
    ("colour", "colour.unknown", "Leave it out. GET /openapi.json lists the fields."),
    ("a/b~c", "field.unknown", "Leave it out. GET /openapi.json lists the fields."),
  ])
  func `an unknown field is reported with the field that was meant`(name: String, code: String, hint: String)
    async throws
  {
    let world = try await World()
    let body = World.icc.replacing("{\"name\"", with: "{\"\(name)\":1,\"name\"")
    let response = await world.send("POST", "/v1/iccs", as: .admin, json: body)
    #expect(response.status == 422)
    let errors = response.json["errors"]?.arrayValue ?? []
    #expect(errors.count == 1)
    #expect(errors.first?["code"]?.stringValue == code)
    #expect(errors.first?["hint"]?.stringValue == hint)
  }

  @Test(arguments: [
    ("/v1/iccs?bucket_name=a", "Did you mean bucketName?"), ("/v1/iccs?Limit=1", "Did you mean limit?"),
    ("/v1/iccs?staus=draft", "Did you mean status?"), ("/v1/iccs?colour=red", "Leave it out."),
    ("/v1/events?afer=1", "Did you mean after?"), ("/healthz?limit=1", "Leave it out."),
  ])
  func `an unknown parameter is reported with the parameter that was meant`(target: String, hint: String) async throws {
    let world = try await World()
    let response = await world.send("GET", target, as: .admin)
    #expect(response.status == 422)
    #expect(response.json["errors"]?[0]?["hint"]?.stringValue == hint)
  }

  @Test func `a response lists at most 32 errors and counts the others`() async throws {
    let world = try await World()
    for count in [31, 32, 33, 5000] {
      let fields = (0..<count).map { "\"f\($0)\":1" }.joined(separator: ",")
      let body = World.icc.replacing("{\"name\"", with: "{\(fields),\"name\"")
      let response = await world.send("POST", "/v1/iccs", as: .admin, json: body)
      #expect(response.status == 422)
      #expect(response.json["errors"]?.arrayValue?.count == min(count, 32))
      let detail = response.json["detail"]?.stringValue ?? ""
      #expect(detail.hasSuffix("\(count - 32) more are not listed.") == (count > 32), "\(detail)")
    }
  }

  /// The worst case of each kind, close to the limits of 64 KiB for a body and 8 KiB for a target.
  @Test func `the response to an invalid request is smaller than the request`() async throws {
    let world = try await World()
    let bodies = [
      "{" + (0..<6000).map { "\"f\($0)\":1" }.joined(separator: ",") + "}",
      "{" + (0..<400).map { "\"\\u0001" + String(repeating: "\\n", count: 60) + "\($0)\":1" }.joined(separator: ",")
        + "}",
      "{\"" + String(repeating: "\\u0001", count: 10_000) + "\":1}",
    ]
    for body in bodies {
      let response = await world.send("POST", "/v1/iccs", as: .admin, json: body)
      #expect(response.status == 422)
      #expect(response.body.count < body.utf8.count, "\(body.utf8.count) -> \(response.body.count)")
    }
    for target in [
      "/healthz?" + String(repeating: "a&", count: 3900), "/healthz?" + String(repeating: "b", count: 7800),
    ] {
      let response = await world.send("GET", target)
      #expect(response.status == 422)
      #expect(response.body.count < target.utf8.count, "\(target.utf8.count) -> \(response.body.count)")
    }
  }
}
