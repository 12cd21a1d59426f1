import Registry
import RegistryStorage
import SQLiteKit
import System

/// The writer thread: takes waiting writes, commits them together, and repeats.
struct WriterThread: Sendable {
  private let thread: SystemThread

  /// The number of WAL pages from which the writer itself runs a checkpoint before it continues.
  /// Under continuous writes the other thread's checkpoints never reach the end of the WAL, which
  /// would then never be reused and grow for ever.
  static let urgentCheckpointPages = 8 * Connections.checkpointPages

  init(
    _ writer: sending SQLiteWriter, _ health: WriteHealth, _ queue: WriteQueue,
    _ checkpointer: sending Checkpointer, _ readLock: sending SharedReadLock?
  ) throws(SystemError) {
    thread = try SystemThread.start {
      var group = GroupCommit(writer: writer, health: health)
      readLock?.take()
      while let write = queue.waitForNext() {
        readLock?.release()
        group.perform(write, and: queue.next)
        Self.limitWAL(writer, health, checkpointer)
        readLock?.take()
      }
      readLock?.release()
      checkpointer.close()
      // A command has no lock and must not truncate: it would wait for a running server's lock, and
      // block the server's writes meanwhile. The last connection to close runs a checkpoint and
      // removes the WAL in any case.
      if readLock == nil || writer.files?.canCheckpoint == false { return }
      do throws(SQLiteError) { try writer.connection.checkpoint(.truncate) } catch { writer.observer(error) }
    }
  }

  /// Waits for the thread to end, after the queue was closed.
  func join() {
    thread.join()
  }

  private static func limitWAL(_ writer: SQLiteWriter, _ health: WriteHealth, _ checkpointer: Checkpointer) {
    let connection = writer.connection
    let pages = connection.walPages
    if pages >= urgentCheckpointPages {
      connection.checkpointWAL(health, writer.observer)
    } else if pages >= Connections.checkpointPages {
      checkpointer.request()
    }
  }
}
