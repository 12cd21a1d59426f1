import Glibc
import System

/// The words that this process was started with.
enum ProcessArguments {
  /// All words after the program's name, from proc_pid_cmdline(5). Swift finds its
  /// `CommandLine.arguments` next to the environment on the stack, and finds none where a preloaded
  /// library, such as faketime's, has moved the environment.
  static func words() -> [String] {
    guard let bytes = try? File.read("/proc/self/cmdline"), bytes.last == 0 else {
      return Array(CommandLine.arguments.dropFirst())
    }
    return bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false).dropFirst()
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
