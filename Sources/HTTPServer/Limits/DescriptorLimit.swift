import Glibc

/// The number of descriptors that the process may have, and the part that is left for connections.
package enum DescriptorLimit {
  /// Raises the soft limit towards the hard one, but not past `most`: the soft limit of 1,024 that
  /// systems start with is for programs that use select(2). An operator's lower hard limit is kept.
  package static func raise(to most: Int = 65_536) {
    var limit = current
    guard limit.rlim_cur < min(limit.rlim_max, rlim_t(most)) else { return }
    limit.rlim_cur = min(limit.rlim_max, rlim_t(most))
    // If this fails, the lower limit remains, and the cap on connections follows from it.
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// The number of connections that fit under the limit in force: an eighth of it, 64 at least,
  /// stays for the database, logs, listeners and pollers, so that a flood of connections never
  /// keeps a transaction from opening its files.
  static func connections() -> Int {
    let limit = Int(clamping: current.rlim_cur)
    return min(max(limit - max(64, limit / 8), 1), 65_536)
  }

  private static var current: rlimit {
    var limit = rlimit()
    _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return limit
  }
}
