import AWSPolicy

extension ARN {
  /// The resource's first word, before a slash: `role`, `user`, `key`; the whole resource where
  /// there is no slash.
  var resourceType: Substring { Substring(resource.utf8.prefix { $0 != UInt8(ascii: "/") }) }

  /// The resource after its first slash; empty if there is none.
  var resourceName: Substring { Substring(resource.utf8.dropFirst(resourceType.utf8.count + 1)) }
}
