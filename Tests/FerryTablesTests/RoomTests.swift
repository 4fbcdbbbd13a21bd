import Testing

@testable import FerryTables
