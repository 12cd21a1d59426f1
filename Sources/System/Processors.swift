/// The processors that this process may use.
package enum Processors {
  /// The number by the CPU affinity and the quotas of the process's control groups; at least 1.
  package static var available: Int {
    let status = (try? File.read("/proc/self/status")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return count(status: status, quotas: quotas())
  }

  /// The number of processors in the `Cpus_allowed` line of proc_pid_status(5), but not more than
  /// each quota in the form of `cpu.max` allows: `max 100000`, or `150000 100000` for one and a
  /// half processors, which counts as two.
  static func count(status: String, quotas: [String]) -> Int {
    let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") } ?? ""
    let allowed = line.dropFirst("Cpus_allowed:".utf8.count).reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
    return max(1, quotas.compactMap(processors(in:)).reduce(max(allowed, 1), min))
  }

  private static func processors(in quota: String) -> Int? {
    let numbers = quota.split { $0 == " " || $0 == "\n" }.map { Int($0) }
    guard numbers.count == 2, let quota = numbers[0], let period = numbers[1], quota > 0, period > 0 else { return nil }
    return (quota - 1) / period + 1
  }

  /// The `cpu.max` of the process's control group and of each group above it (cgroups(7), version
  /// 2).
  private static func quotas() -> [String] {
    let groups = (try? File.read("/proc/self/cgroup")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard let line = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::/") }) else { return [] }
    var path = "/sys/fs/cgroup" + line.dropFirst(3)
    var quotas: [String] = []
    while path.hasPrefix("/sys/fs/cgroup") {
      if let quota = try? File.read(path + "/cpu.max") { quotas.append(String(decoding: quota, as: UTF8.self)) }
      path = File.folder(of: path)
    }
    return quotas
  }
}
