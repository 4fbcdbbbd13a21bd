import Testing

@testable import FerryMatching
