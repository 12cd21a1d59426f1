import HTTPWire
import JSON
import Registry

/// The OpenAPI 3.1 document, generated from the route table.
enum OpenAPIDocument {
  static func value(for routes: [Route], version: String, under base: BasePath = .root) -> JSONValue {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "icc-registry", "version": .string(version), "description": .string(description),
        "contact": ["name": "InfoSum", "url": "https://www.infosum.com/"],
        "license": ["name": "All rights reserved"],
      ],
      "servers": [["url": .string(base == .root ? "/" : base.text)]],
      "tags": tags(routes),
      "security": [["bearer": []]],
      "paths": .object(paths(routes)),
      "components": [
        "securitySchemes": [
          "bearer": ["type": "http", "scheme": "bearer", "bearerFormat": "iccr_"],
          "link": ["type": "http", "scheme": "bearer", "bearerFormat": "icch_"],
          "cookieAuth": [
            "type": "apiKey", "in": "cookie", "name": "__Host-icc-registry",
            "description": .string(cookieText),
          ],
          "token": [
            "type": "apiKey", "in": "header", "name": "Authorization",
            "description": "The token without a scheme, in InfoSum's API alone.",
          ],
        ],
        "schemas": Schemas.all,
        "responses": .object(problems(routes)),
        "parameters": SharedParameters.all,
        "headers": SharedHeaders.all,
        "links": Links.all,
      ],
    ]
  }

  private static let cookieText =
    "For the console only: it counts in requests with \(SessionCookie.header): 1 and without Authorization, and not in "
    + "requests that a browser attributes to another origin. Below a base path its name starts with __Secure-."

  private static let description = """
    Import Connector Configs (ICCs) for InfoSum's S3 cross-account connector. Create an ICC to get its external ID, its \
    principal and the policies to store in AWS.

    Every response has X-Request-Id. Errors are application/problem+json (RFC 9457); each code has a page under \
    /problems/{code}. An ICC's ETag is its version in quotes. Changes support If-Match and return 412 if the ETag is \
    outdated; reads support If-None-Match.
    """

  private static func tags(_ routes: [Route]) -> JSONValue {
    let used = Set(routes.map(\.operation.tag))
    return .array(
      Operation.Tag.allCases.filter(used.contains).map {
        ["name": .string($0.rawValue), "description": .string($0.summary)]
      })
  }

  private static func paths(_ routes: [Route]) -> [(String, JSONValue)] {
    var paths: [(String, [(String, JSONValue)])] = []
    for route in routes {
      let operation = (route.method.name.lowercased(), OperationRendering(route).value)
      if let index = paths.firstIndex(where: { $0.0 == route.template.text }) {
        paths[index].1.append(operation)
      } else {
        paths.append((route.template.text, [operation]))
      }
    }
    return paths.map { ($0.0, .object($0.1)) }
  }

  private static func problems(_ routes: [Route]) -> [(String, JSONValue)] {
    var found: [String: JSONValue] = [:]
    for rejection in routes.flatMap({ OperationRendering($0).sharedProblems }) {
      found[rejection.name] = rejection.value
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
