import Glibc
import OpenSSLKit
import RegistrySQLite
import Testing

@Suite struct MigrationTests {
  /// The repository's `Migrations`, from where this file stands.
  private var folder: String {
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Migrations"
  }

  @Test func theListIsTheFolder() throws {
    let names = try #require(
      unsafe opendir(folder).map { stream in
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
          names.append(
            unsafe withUnsafeBytes(of: entry.pointee.d_name) {
              unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            })
        }
        return names.filter { !$0.hasPrefix(".") }.sorted()
      })
    #expect(names == Migration.all.map { $0.name + ".sql" })
    for (index, migration) in Migration.all.enumerated() {
      #expect(migration.number == Int64(index + 1))
      let digits = String(migration.number)
      #expect(migration.name.hasPrefix(String(repeating: "0", count: 4 - digits.count) + digits + "_"))
    }
  }

  @Test func whatIsEmbeddedIsWhatStandsInTheFolder() throws {
    for migration in Migration.all {
      let file = unsafe open("\(folder)/\(migration.name).sql", O_RDONLY)
      defer { close(file) }
      var content = [UInt8](repeating: 0, count: 1 << 20)
      let count = unsafe content.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
      try #require(count > 0 && count < content.count)
      #expect(SHA256.digest(of: Array(content[..<count])) == migration.checksum)
    }
  }
}
