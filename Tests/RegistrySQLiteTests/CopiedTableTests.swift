import RegistrySQLite
import RegistryStorage
import SQLiteKit
import Testing

/// The tables that `copy` copies are those that the schema has.
@Suite struct CopiedTableTests {
  @Test func `every column of the schema is copied`() throws {
    let place = StoreUnderTest()
    try place.open().close()
    let found = try place.connection().rows(
      """
      SELECT t.name || '.' || c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
      WHERE t.type = 'table' AND t.name NOT IN ('migrations', 'sqlite_sequence')
      """
    ) { $0.text(0) }
    #expect(
      found.sorted() == CopiedTable.all.flatMap { table in table.columns.map { "\(table.name).\($0.name)" } }.sorted())
  }
}
