import Testing

@testable import FerryCore
