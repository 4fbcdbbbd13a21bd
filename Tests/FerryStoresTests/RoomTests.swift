import Testing

@testable import FerryStores
