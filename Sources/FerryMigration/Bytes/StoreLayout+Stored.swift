import FerryRecords

extension StoreLayout {
  /// The layout as plan and journal keep it; `nil` where all tables are Ferry's own.
  var storedText: String? {
    // Texts can always be encoded.
    tables.isEmpty ? nil : try? StoredJSON.text(self)
  }

  /// Reads what ``storedText`` wrote.
  init(storedText: String?) throws(MigrationError) {
    self.init()
    guard let storedText else { return }
    do {
      self = try StoredJSON.value(StoreLayout.self, in: storedText)
    } catch {
      throw MigrationError(.unreadablePlan, .planUnreadable, "layout", storedText)
    }
  }
}
