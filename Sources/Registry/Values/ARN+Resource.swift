import AWSPolicy

extension ARN {
  /// The resource's first word, before a slash: `role`, `user`, `key`; the whole resource where
  /// there is no slash.
  var resourceType: Substring { resource.prefix { $0 != "/" } }

  /// The resource after its first slash; empty if there is none.
  var resourceName: Substring { resource.dropFirst(resourceType.count + 1) }
}
