package import JSON

extension JSONWriter {
  /// Writes one usage, as the API returns it.
  package mutating func value(_ usage: Usage) {
    beginObject()
    member("key", usage.key.text)
    member("description", usage.description.text)
    member("expiresAt", usage.expiresAt.description)
    member("createdAt", usage.createdAt.description)
    member("createdBy", usage.createdBy.text)
    endObject()
  }

  /// Writes usages as a list with this name.
  package mutating func member(_ name: StaticString, _ usages: [Usage]) {
    memberName(name)
    beginArray()
    for usage in usages { value(usage) }
    endArray()
  }
}
