import Testing

@testable import FerryRecords
