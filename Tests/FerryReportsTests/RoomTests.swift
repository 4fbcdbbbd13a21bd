import Testing

@testable import FerryReports
