/// A table that `icc-registry copy` copies. Both stores have it with these columns.
package struct CopiedTable: Sendable {
  /// A column of a table.
  package struct Column: Sendable {
    /// The type of its values. Booleans are the integers 0 and 1.
    package enum Kind: Sendable { case integer, text, bytes }

    /// The column's name.
    package let name: StaticString
    /// The type of its values.
    package let kind: Kind
  }

  /// The table's name.
  package let name: StaticString
  /// The columns that both stores have, in the order of the values of a row.
  package let columns: [Column]
  /// The number of columns at the start that are the key, by which the rows are in order.
  package let keyCount: Int
  /// True if the database numbers new rows in the column `seq`.
  package let isNumbered: Bool

  private init(
    _ name: StaticString, integers: [StaticString], texts: [StaticString] = [], bytes: [StaticString] = [],
    isNumbered: Bool = false
  ) {
    self.name = name
    columns =
      integers.map { Column(name: $0, kind: .integer) } + texts.map { Column(name: $0, kind: .text) }
      + bytes.map { Column(name: $0, kind: .bytes) }
    keyCount = 1
    self.isNumbered = isNumbered
  }

  private init(_ name: StaticString, keyCount: Int, _ columns: [Column]) {
    (self.name, self.keyCount, self.columns, isNumbered) = (name, keyCount, columns, false)
  }

  /// All tables, each after those that it refers to. The tables `migrations`, `writers` and
  /// `leases` belong to a database or to its instances.
  package static let all = [
    CopiedTable(
      "organisations", integers: ["seq", "version", "created_at", "deleted_at"],
      texts: ["id", "name", "created_by"], isNumbered: true),
    CopiedTable(
      "iccs",
      integers: [
        "seq", "enabled", "alarm_at", "held", "version", "created_at", "updated_at", "deleted_at",
      ],
      texts: [
        "id", "organisation", "name", "name_folded", "description", "connector_type", "status", "user_arn",
        "session_name", "bucket_name", "bucket_owner", "prefix", "filenames", "kms_key_arn", "last_verification",
        "created_by", "updated_by",
      ],
      bytes: ["external_id", "pending_external_id"], isNumbered: true),
    CopiedTable(
      "external_ids", keyCount: 1,
      [
        Column(name: "external_id", kind: .bytes), Column(name: "icc", kind: .integer),
        Column(name: "state", kind: .text), Column(name: "issued_at", kind: .integer),
        Column(name: "retired_at", kind: .integer),
      ]),
    CopiedTable(
      "tokens", integers: ["seq", "created_at", "expires_at", "revoked_at", "last_used_at"],
      texts: ["id", "name", "role", "organisation", "organisations", "address_blocks", "last_four", "created_by"],
      bytes: ["hash"], isNumbered: true),
    CopiedTable(
      "events", integers: ["seq", "at", "administrators_only", "version", "number"],
      texts: ["kind", "actor", "address", "request_id", "organisation", "subject", "changes"], bytes: ["hash"]),
    CopiedTable(
      "idempotency_keys", keyCount: 2,
      [
        Column(name: "token", kind: .text), Column(name: "key", kind: .text), Column(name: "fingerprint", kind: .bytes),
        Column(name: "created_at", kind: .integer), Column(name: "status", kind: .integer),
        Column(name: "location", kind: .text), Column(name: "entity_tag", kind: .text),
        Column(name: "body", kind: .bytes),
      ]),
    CopiedTable(
      "verifications", integers: ["seq", "icc", "started_at", "icc_version"],
      texts: ["verdict", "document"], isNumbered: true),
    CopiedTable(
      "usages", keyCount: 2,
      [
        Column(name: "icc", kind: .integer), Column(name: "key", kind: .text),
        Column(name: "description", kind: .text), Column(name: "expires_at", kind: .integer),
        Column(name: "created_at", kind: .integer), Column(name: "created_by", kind: .text),
      ]),
    CopiedTable(
      "hand_overs",
      integers: [
        "seq", "icc", "created_at", "expires_at", "max_uses", "uses", "last_used_at", "revoked_at",
      ],
      texts: ["id", "permissions", "created_by"], bytes: ["hash"], isNumbered: true),
    CopiedTable("secrets", keyCount: 1, [Column(name: "name", kind: .text), Column(name: "value", kind: .bytes)]),
    CopiedTable("counts", keyCount: 1, [Column(name: "name", kind: .text), Column(name: "value", kind: .integer)]),
    CopiedTable(
      "organisation_counts", keyCount: 1,
      [
        Column(name: "organisation", kind: .text), Column(name: "iccs", kind: .integer),
      ]),
    CopiedTable(
      "token_counts", keyCount: 1,
      [
        Column(name: "token", kind: .text), Column(name: "idempotency_keys", kind: .integer),
      ]),
  ]
}
