import Glibc
import System
import Testing

@Suite struct ThreadTests {
  @Test func `a lock admits one thread at a time`() throws {
    let counter = Locked(0)
    let threads = try (0..<4).map { _ in
      try SystemThread.start { for _ in 0..<10_000 { counter.withLock { $0 += 1 } } }
    }
    for thread in threads { thread.join() }
    #expect(counter.withLock { $0 } == 40_000)
  }

  @Test func `a lock is released when its body throws`() {
    let value = Locked(1)
    #expect(throws: SystemError("x", number: 1)) { try value.withLock { _ in throw SystemError("x", number: 1) } }
    #expect(value.withLock { $0 } == 1)
  }

  @Test func `a wake-up stays signalled until it is cleared`() throws {
    let wakeUp = try WakeUp()
    #expect(!wakeUp.wait(milliseconds: 0))
    wakeUp.signal()
    wakeUp.signal()
    #expect(wakeUp.wait(milliseconds: 0))
    wakeUp.waitAndClear()
    #expect(!wakeUp.wait(milliseconds: 0))
  }

  @Test func `a wake-up wakes a thread that waits`() throws {
    let (wakeUp, done) = (try WakeUp(), Locked(false))
    let thread = try SystemThread.start {
      wakeUp.waitAndClear()
      done.withLock { $0 = true }
    }
    wakeUp.signal()
    thread.join()
    #expect(done.withLock { $0 })
  }

  @Test func `a thread blocks the signals of other processes, but not its own faults`() throws {
    let blocked = Locked<[Int32]>([])
    let signals = [SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT]
    let thread = try SystemThread.start {
      var set = sigset_t()
      unsafe pthread_sigmask(SIG_BLOCK, nil, &set)
      let found = signals.filter { unsafe sigismember(&set, $0) == 1 }
      blocked.withLock { $0 = found }
    }
    thread.join()
    #expect(blocked.withLock { $0 } == [SIGTERM, SIGINT, SIGHUP, SIGUSR1])
  }
}

@Suite struct InstantTests {
  @Test func `milliseconds are added up to the end of the range`() {
    #expect(Instant(nanoseconds: 5).advanced(milliseconds: 2) == Instant(nanoseconds: 2_000_005))
    #expect(Instant(nanoseconds: 5).advanced(milliseconds: -2) == Instant(nanoseconds: 5))
    #expect(Instant(nanoseconds: 5).advanced(milliseconds: .max) == Instant(nanoseconds: .max))
  }

  @Test(arguments: [(0, 0), (1, 1), (1_000_000, 1), (1_000_001, 2)])
  func `a wait is rounded up to whole milliseconds`(nanoseconds: UInt64, milliseconds: Int) {
    let start = Instant(nanoseconds: 7)
    #expect(start.milliseconds(until: Instant(nanoseconds: 7 + nanoseconds)) == milliseconds)
    #expect(Instant(nanoseconds: 7 + nanoseconds).milliseconds(until: start) == 0)
  }

  @Test func `the clocks read the kernel's time`() {
    let before = Instant.now
    #expect(Instant.now >= before)
    #expect(abs(WallClock.milliseconds / 1000 - Int64(time(nil))) <= 1)
  }
}
