import JSON
import PolicyCheck
import Registry

extension Schemas {
  /// The result of the check for one policy. Only a trust policy's has `siblings`.
  static let policyCheckPart: JSONValue = .object([
    ("type", "object"), ("required", ["verdict", "probes", "findings", "assumptions", "others", "corrected"]),
    (
      "properties",
      .object([
        ("verdict", Schema.anyOf(["works", "unsafe", "blocked", "undetermined"])),
        (
          "probes", ["type": "object", "additionalProperties": Schema.anyOf(["allow", "deny", "unknown"])]
        ),
        ("findings", Schema.array(of: policyFinding)),
        ("assumptions", Schema.array(of: Schema.string())),
        ("others", Schema.array(of: otherPrincipal)),
        (
          "siblings",
          Schema.array(
            of: object([
              ("id", Schema.reference("ICCId")), ("name", Schema.reference("Name")), ("served", Schema.boolean),
            ]))
        ),
        ("corrected", nullable(["type": "object"])),
      ])
    ),
  ])

  private static let policyFinding = object([
    ("code", Schema.string()), ("severity", Schema.anyOf(["error", "warning", "info"])),
    ("line", nullable(count)), ("column", nullable(count)), ("pointer", nullable(Schema.string())),
    ("message", Schema.string()), ("hint", nullable(Schema.string())),
  ])

  private static let otherPrincipal = object([
    ("principal", Schema.string()), ("statement", count), ("line", nullable(count)),
    (
      "conditions",
      Schema.array(
        of: object([
          ("operator", Schema.string()), ("key", Schema.string()), ("values", Schema.array(of: Schema.string())),
        ]))
    ),
    ("kind", Schema.anyOf(OtherPrincipal.Kind.allCases.map(\.rawValue))),
  ])
}
