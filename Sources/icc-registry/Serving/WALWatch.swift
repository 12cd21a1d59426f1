/// Logs a write-ahead log that grows because another process reads the database for a long time.
struct WALWatch {
  /// The size in bytes from which a log of any limit is worth a warning: eight times what it has
  /// under full load.
  static let usualMaximum: Int64 = 256 << 20

  private let log: Log
  private let limit: Int64
  private var warnedBytes: Int64 = 0
  private var isTooLarge = false

  /// A watch with the limit of the settings in bytes; 0 if there is none.
  init(limit: Int, log: Log) {
    self.limit = Int64(limit)
    self.log = log
  }

  private var threshold: Int64 { limit == 0 ? Self.usualMaximum : min(Self.usualMaximum, limit / 2) }

  /// Takes the current state: warns at the threshold and whenever the size has doubled since, and
  /// logs the start and the end of the time in which writes are rejected.
  mutating func note(_ state: (bytes: Int64, isTooLarge: Bool)) {
    if state.isTooLarge, !isTooLarge {
      write(.error, "wal-too-large", state.bytes)
      (isTooLarge, warnedBytes) = (true, state.bytes)
    } else if state.bytes >= max(threshold, warnedBytes * 2) {
      write(.warning, "wal-growing", state.bytes)
      warnedBytes = state.bytes
    } else if warnedBytes > 0, state.bytes < threshold, !state.isTooLarge {
      write(.info, "wal-shrunk", state.bytes)
      (isTooLarge, warnedBytes) = (false, 0)
    }
  }

  private func write(_ level: LogLevel, _ event: StaticString, _ bytes: Int64) {
    log.event(level, event) { line in
      line.field("bytes", Int(bytes))
      line.field("maxWalBytes", Int(limit))
    }
  }
}
