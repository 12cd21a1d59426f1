import JSON

/// `components/links`: the operations that take the identifier in a response.
enum Links {
  static let all: JSONValue = .object(
    [
      ("getICC", "id"), ("changeICC", "id"), ("deleteICC", "id"), ("restoreICC", "id"), ("enableICC", "id"),
      ("disableICC", "id"), ("rotateExternalID", "id"), ("promoteExternalID", "id"),
      ("cancelExternalIDRotation", "id"), ("getTrustPolicy", "id"), ("getPermissionPolicy", "id"),
      ("getExternalID", "id"), ("getPrincipal", "id"), ("getBucketPolicy", "id"), ("listICCEvents", "id"),
      ("verifyICC", "id"),
      ("listVerifications", "id"),
      ("getOrganisation", "id"), ("deleteOrganisation", "id"), ("revokeToken", "id"),
    ].map { operation, member in
      (operation, ["operationId": .string(operation), "parameters": ["id": .string("$response.body#/" + member)]])
    })

  static func references(_ names: [String]) -> JSONValue {
    .object(names.map { ($0, ["$ref": .string("#/components/links/" + $0)]) })
  }

  /// The links of the response that creates an ICC.
  static let ofICC = [
    "getICC", "changeICC", "deleteICC", "restoreICC", "enableICC", "disableICC", "rotateExternalID",
    "promoteExternalID", "cancelExternalIDRotation", "getTrustPolicy", "getPermissionPolicy", "getExternalID",
    "getPrincipal", "getBucketPolicy", "listICCEvents", "verifyICC", "listVerifications",
  ]
}
