import JSON

/// `components/links`: the operations that take the identifier in a response.
enum Links {
  static let all: JSONValue = .object(
    [
      ("getIcc", "id"), ("changeIcc", "id"), ("deleteIcc", "id"), ("restoreIcc", "id"), ("enableIcc", "id"),
      ("disableIcc", "id"), ("rotateExternalId", "id"), ("promoteExternalId", "id"),
      ("cancelExternalIdRotation", "id"), ("getTrustPolicy", "id"), ("getPermissionPolicy", "id"),
      ("getExternalId", "id"), ("getPrincipal", "id"), ("getBucketPolicy", "id"), ("listIccEvents", "id"),
      ("verifyIcc", "id"),
      ("listVerifications", "id"), ("listUsages", "id"), ("announceUsage", "id"), ("endUsage", "id"),
      ("getOrganisation", "id"), ("changeOrganisation", "id"), ("deleteOrganisation", "id"), ("revokeToken", "id"),
    ].map { operation, member in
      (operation, ["operationId": .string(operation), "parameters": ["id": .string("$response.body#/" + member)]])
    })

  static func references(_ names: [String]) -> JSONValue {
    .object(names.map { ($0, ["$ref": .string("#/components/links/" + $0)]) })
  }

  /// The links of the response that creates an ICC.
  static let ofICC = [
    "getIcc", "changeIcc", "deleteIcc", "restoreIcc", "enableIcc", "disableIcc", "rotateExternalId",
    "promoteExternalId", "cancelExternalIdRotation", "getTrustPolicy", "getPermissionPolicy", "getExternalId",
    "getPrincipal", "getBucketPolicy", "listIccEvents", "verifyIcc", "listVerifications",
    "listUsages", "announceUsage", "endUsage",
  ]
}
