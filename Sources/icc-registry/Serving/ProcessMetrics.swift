import Glibc
import RegistryAPI
import System

/// The process and the build for `/metrics`, under the names that Prometheus' client libraries use
/// (https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics).
struct ProcessMetrics {
  /// The start of the process in seconds since 1970.
  private let started = WallClock.seconds

  var metrics: [Metric] {
    var usage = rusage()
    unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    var limit = rlimit()
    unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return [
      Metric(
        "icc_registry_build_info", .gauge, help: "The build; its value is always 1.",
        samples: [.init(1, labels: [("version", Version.number), ("commit", Version.commit)])]),
      Metric(
        "process_cpu_seconds_total", .counter, help: "User and system CPU time.",
        Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)),
      Metric("process_virtual_memory_bytes", .gauge, help: "Virtual memory.", Self.memoryBytes(field: 0)),
      Metric("process_resident_memory_bytes", .gauge, help: "Resident memory.", Self.memoryBytes(field: 1)),
      Metric("process_open_fds", .gauge, help: "Open file descriptors.", Self.openDescriptors),
      Metric("process_max_fds", .gauge, help: "The limit of open file descriptors.", Double(limit.rlim_cur)),
      Metric("process_start_time_seconds", .gauge, help: "Start time since 1970.", Double(started)),
    ]
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  /// The first number of `/proc/self/statm` is all pages, the second the resident ones
  /// (proc_pid_statm(5)).
  private static func memoryBytes(field: Int) -> Double {
    guard let text = try? File.prefix("/proc/self/statm", 256) else { return 0 }
    let fields = String(decoding: text, as: UTF8.self).split(separator: " ")
    return fields.count > field ? (Double(fields[field]) ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE))) : 0
  }

  /// The entries of `/proc/self/fd`, without `.`, `..` and the descriptor that reads it.
  private static var openDescriptors: Double {
    guard let folder = unsafe opendir("/proc/self/fd") else { return 0 }
    defer { unsafe closedir(folder) }
    var count = 0
    while unsafe readdir(folder) != nil { count += 1 }
    return Double(count - 3)
  }
}
