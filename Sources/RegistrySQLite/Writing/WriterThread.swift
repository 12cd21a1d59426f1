import Registry
import SQLiteKit
import System

/// The one writer: takes all the writes that wait, commits them together, and takes what has come meanwhile.
struct WriterThread: Sendable {
  private let thread: SystemThread

  /// From this many pages in the log on, the writer itself moves them before it goes on. Under writes without a pause the
  /// other thread's checkpoints never reach the end of the log, which could then not begin anew and would grow for ever.
  static let urgentCheckpointPages = 8 * Connections.checkpointPages

  init(
    _ writer: sending SQLiteWriter, _ queue: WriteQueue, _ health: WriteHealth, _ checkpointer: sending Checkpointer,
    _ readLock: sending SharedReadLock?
  ) throws(SystemError) {
    thread = try SystemThread.start {
      let group = GroupCommit(writer: writer, health: health)
      readLock?.take()
      while let writes = queue.takeAll() {
        readLock?.letGo()
        group.perform(writes)
        Self.keepLogShort(writer, checkpointer)
        readLock?.take()
      }
      readLock?.letGo()
      checkpointer.close()
      // A command beside a server has none, and must not truncate: that would wait for the server's to be let go, and keep
      // the server from writing meanwhile. Whoever closes the database last moves and removes the log in any case.
      if readLock == nil { return }
      do throws(SQLiteError) { try writer.connection.checkpoint(.truncate) } catch { writer.observer(error) }
    }
  }

  /// Waits for the end of the thread, after the queue was closed.
  func join() {
    thread.join()
  }

  private static func keepLogShort(_ writer: SQLiteWriter, _ checkpointer: Checkpointer) {
    let pages = writer.connection.pagesInLog
    if pages >= urgentCheckpointPages {
      writer.connection.moveLog(writer.observer)
    } else if pages >= Connections.checkpointPages {
      checkpointer.request()
    }
  }
}
